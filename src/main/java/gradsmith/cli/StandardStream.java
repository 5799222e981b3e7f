package gradsmith.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A standard stream of the process; it remembers why a write failed, which a printer forgets. */
final class StandardStream extends FilterOutputStream {

  private @Nullable IOException failure;

  StandardStream(FileDescriptor descriptor) {
    super(new FileOutputStream(descriptor));
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  /** Returns why something was not written, or null. */
  @Nullable IOException failure() {
    return failure;
  }
}
