package gradsmith.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Arrays in files: NumPy's where the name ends in {@code .npy}, else lines of numbers. */
public final class DataFiles {

  /** How the names of NumPy's files end. */
  public static final String NPY = ".npy";

  private static final String CSV = ".csv";

  private DataFiles() {}

  /**
   * Returns the numbers that {@code text} says, {@code 0.5} or {@code [1, 2; 3, 4]}, or else those
   * of the file that it names.
   *
   * @throws DataException if there is no such file, or it holds no numbers
   */
  public static NdArray read(String text) throws DataException {
    if (Literal.is(text)) {
      return Literal.read(text);
    }
    byte[] bytes = bytes(text);
    if (text.endsWith(NPY)) {
      return NpyFile.read(bytes);
    }
    try {
      return CsvFile.read(
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes))
              .toString()
              .replace("\ufeff", ""));
    } catch (CharacterCodingException e) {
      throw new DataException("this is no text; NumPy's files are to end in " + NPY);
    }
  }

  private static byte[] bytes(String file) throws DataException {
    try {
      Path path = Path.of(file);
      if (Files.isDirectory(path)) {
        throw new DataException("it is a directory");
      }
      if (Files.size(path) > Integer.MAX_VALUE - Long.BYTES) {
        throw new DataException("the file is larger than 2 gigabytes");
      }
      return Files.readAllBytes(path);
    } catch (NoSuchFileException | InvalidPathException e) {
      throw new DataException("there is no such file");
    } catch (AccessDeniedException e) {
      throw new DataException("permission denied");
    } catch (IOException e) {
      throw new DataException("it cannot be read: " + e.getMessage());
    }
  }

  /**
   * Writes {@code array} into a directory.
   *
   * @param name the name of the file without its ending
   * @param npy whether to write a file of NumPy's; more than two axes need one
   * @return the file
   */
  public static Path write(Path directory, String name, NdArray array, boolean npy)
      throws IOException {
    if (npy || array.rank() > 2) {
      return Files.write(directory.resolve(name + NPY), NpyFile.write(array));
    }
    return Files.writeString(directory.resolve(name + CSV), CsvFile.write(array));
  }
}
