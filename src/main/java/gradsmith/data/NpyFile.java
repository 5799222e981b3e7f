package gradsmith.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * NumPy's file format for one array, versions 1 to 3: real numbers, whole numbers and truth values
 * of any width, in C or Fortran order.
 *
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">The
 *     format</a>
 */
final class NpyFile {

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int ALIGNMENT = 64;
  private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*'([<>|=])([a-zA-Z])(\\d+)'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([\\d\\sL,]*)\\)");

  private NpyFile() {}

  static NdArray read(byte[] bytes) throws DataException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.length < MAGIC.length + 4 || !buffer.slice(0, 6).equals(ByteBuffer.wrap(MAGIC))) {
      throw new DataException("this is no .npy file: it does not begin as NumPy's files do");
    }
    int version = bytes[MAGIC.length];
    boolean wide = version > 1;
    int start = MAGIC.length + 2 + (wide ? 4 : 2);
    long length =
        wide && bytes.length >= start
            ? Integer.toUnsignedLong(buffer.getInt(MAGIC.length + 2))
            : Short.toUnsignedInt(buffer.getShort(MAGIC.length + 2));
    if (version < 1 || version > 3 || start + length > bytes.length) {
      throw new DataException("the header of the .npy file is damaged");
    }
    String header = new String(bytes, start, (int) length, StandardCharsets.ISO_8859_1);
    Matcher type = TYPE.matcher(header);
    Matcher order = ORDER.matcher(header);
    Matcher shape = SHAPE.matcher(header);
    if (!type.find() || !order.find() || !shape.find()) {
      throw new DataException(
          "the .npy file holds no array of numbers: its header is " + header.strip());
    }
    buffer.order(type.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    buffer.position(start + (int) length);
    int[] axes = axes(shape.group(1));
    double[] entries =
        entries(buffer.slice().order(buffer.order()), type.group(2), type.group(3), count(axes));
    return order.group(1).equals("True") ? fromFortran(axes, entries) : NdArray.of(axes, entries);
  }

  private static int[] axes(String shape) throws DataException {
    String[] lengths = shape.isBlank() ? new String[0] : shape.strip().split("\\s*,\\s*");
    int[] axes = new int[lengths.length];
    for (int i = 0; i < axes.length; i++) {
      try {
        axes[i] = Integer.parseInt(lengths[i].replace("L", ""));
      } catch (NumberFormatException e) {
        throw new DataException("the .npy file has an axis of " + lengths[i] + " entries");
      }
    }
    return axes;
  }

  private static int count(int[] axes) throws DataException {
    long count = 1;
    for (int length : axes) {
      count = length == 0 ? 0 : Math.min(count * length, Long.MAX_VALUE / Integer.MAX_VALUE);
    }
    if (count == 0) {
      throw new DataException("the array has no entries");
    }
    if (count > NdArray.MOST_ENTRIES) {
      throw new DataException("the array has more than " + NdArray.MOST_ENTRIES + " entries");
    }
    return (int) count;
  }

  private static double[] entries(ByteBuffer data, String kind, String bytes, int count)
      throws DataException {
    int width = bytes.length() > 2 ? 0 : Integer.parseInt(bytes);
    EntryType type = type(kind, width);
    if (type == null) {
      throw new DataException(
          "the .npy file holds entries of type "
              + kind
              + bytes
              + ", which are no real numbers; write it with array.astype(float)");
    }
    if (data.remaining() < (long) count * width) {
      throw new DataException("the .npy file ends before its last entry");
    }
    double[] entries = new double[count];
    for (int i = 0; i < count; i++) {
      entries[i] = type.at(data, i * width);
    }
    return entries;
  }

  private interface EntryType {
    double at(ByteBuffer data, int offset);
  }

  private static @Nullable EntryType type(String kind, int width) {
    return switch (kind + width) {
      case "f8" -> ByteBuffer::getDouble;
      case "f4" -> ByteBuffer::getFloat;
      case "f2" -> (data, offset) -> Float.float16ToFloat(data.getShort(offset));
      case "i8" -> ByteBuffer::getLong;
      case "i4" -> ByteBuffer::getInt;
      case "i2" -> ByteBuffer::getShort;
      case "i1" -> ByteBuffer::get;
      case "u8" -> (data, offset) -> unsigned(data.getLong(offset));
      case "u4" -> (data, offset) -> Integer.toUnsignedLong(data.getInt(offset));
      case "u2" -> (data, offset) -> Short.toUnsignedInt(data.getShort(offset));
      case "u1", "b1" -> (data, offset) -> Byte.toUnsignedInt(data.get(offset));
      default -> null;
    };
  }

  private static double unsigned(long value) {
    return value >= 0 ? value : 2.0 * (value >>> 1 | value & 1);
  }

  private static NdArray fromFortran(int[] axes, double[] entries) {
    double[] sorted = new double[entries.length];
    int[] index = new int[axes.length];
    for (double entry : entries) {
      int place = 0;
      for (int axis = 0; axis < axes.length; axis++) {
        place = place * axes[axis] + index[axis];
      }
      sorted[place] = entry;
      for (int axis = 0; axis < axes.length && ++index[axis] == axes[axis]; axis++) {
        index[axis] = 0;
      }
    }
    return NdArray.of(axes, sorted);
  }

  static byte[] write(NdArray array) {
    StringBuilder header = new StringBuilder("{'descr': '<f8', 'fortran_order': False, 'shape': (");
    for (int length : array.axes()) {
      header.append(length).append(", ");
    }
    header.append("), }");
    int before = MAGIC.length + 4;
    int total = Math.ceilDiv(before + header.length() + 1, ALIGNMENT) * ALIGNMENT;
    header.append(" ".repeat(total - before - header.length() - 1)).append('\n');
    ByteBuffer buffer =
        ByteBuffer.allocate(Math.addExact(total, Math.multiplyExact(array.size(), Double.BYTES)))
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(MAGIC)
            .put((byte) 1)
            .put((byte) 0)
            .putShort((short) header.length())
            .put(header.toString().getBytes(StandardCharsets.ISO_8859_1));
    for (int i = 0; i < array.size(); i++) {
      buffer.putDouble(array.entry(i));
    }
    return buffer.array();
  }
}
