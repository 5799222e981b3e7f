package gradsmith.cli;

import gradsmith.language.Limits;
import gradsmith.language.Spelling;
import gradsmith.source.Diagnostic;
import gradsmith.source.ProgramException;
import gradsmith.source.Source;
import gradsmith.source.Span;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Reads the text of a program: from the command line, a file or standard input. */
final class ProgramInput {

  /** UTF-8 has at most four bytes a character. */
  private static final int BYTES = 4 * Limits.CHARACTERS;

  private ProgramInput() {}

  /** Reads the program where nothing else but options is expected. */
  static Source only(Arguments arguments, Console console) throws UsageException {
    List<String> operands = arguments.operands();
    boolean file = arguments.has(CommandOptions.FILE);
    if (operands.size() > (file ? 0 : 1)) {
      throw new UsageException(
          file
              ? "--file gives the program; what is " + Arguments.quoted(operands.getFirst()) + "?"
              : several(operands));
    }
    return first(arguments, console);
  }

  /** Says why {@code operands} are too many: a command is misspelled, or quotes are missing. */
  private static String several(List<String> operands) {
    String command = Spelling.nearest(operands.getFirst(), Commands.names());
    return command != null
        ? "there is no command " + operands.getFirst() + "; did you mean " + command + "?"
        : "one program is expected, not "
            + operands.size()
            + ": put it in quotes ("
            + Arguments.quoted(operands.get(1))
            + " is the second)";
  }

  /**
   * Reads the program, from the file that {@code --file} names or else the first operand; a text
   * that cannot be a program is an error of the program.
   */
  static Source first(Arguments arguments, Console console) throws UsageException {
    String file = arguments.value(CommandOptions.FILE);
    if (file != null) {
      return read(file, console.input());
    }
    if (arguments.operands().isEmpty()) {
      Command command = arguments.command();
      throw new UsageException(
          command == Commands.DEFAULT
              ? "there is no program; try gradsmith \"x' A x\", or gradsmith --help"
              : "there is no program: " + HelpPage.usage(command));
    }
    return new Source("", arguments.operands().getFirst());
  }

  /** Reads the text of {@code file}, {@code -} for standard input. */
  static Source read(String file, InputStream standardInput) throws UsageException {
    String name = file.equals("-") ? "standard input" : file;
    try (InputStream input =
        file.equals("-") ? standardInput : Files.newInputStream(Path.of(file))) {
      byte[] bytes = input.readNBytes(BYTES + 1);
      if (bytes.length > BYTES) {
        throw refused(name, "the input is longer than " + Limits.CHARACTERS + " characters");
      }
      return new Source(name, text(name, bytes));
    } catch (NoSuchFileException e) {
      throw new UsageException("there is no file " + file);
    } catch (IOException | InvalidPathException e) {
      throw new UsageException("cannot read " + file + ": " + reason(file, e));
    }
  }

  private static String reason(String file, Exception e) {
    if (e instanceof IOException && Files.isDirectory(Path.of(file))) {
      return "it is a directory";
    }
    return e instanceof java.nio.file.AccessDeniedException
        ? "permission denied"
        : String.valueOf(e.getMessage());
  }

  private static String text(String name, byte[] bytes) {
    ByteBuffer input = ByteBuffer.wrap(bytes);
    CharBuffer output = CharBuffer.allocate(bytes.length);
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    boolean wrong = decoder.decode(input, output, true).isError();
    for (int i = 0; i < input.position(); i++) {
      if (bytes[i] == 0) {
        throw refused(name, "this is no text: " + place(bytes, i) + ", is zero");
      }
    }
    if (wrong) {
      int at = input.position();
      String value = "0x%02X".formatted(bytes[at]);
      throw refused(
          name, "this is no text in UTF-8: " + place(bytes, at) + ", " + value + ", is none");
    }
    String text = output.flip().toString();
    return text.startsWith("\ufeff") ? text.substring(1) : text;
  }

  private static String place(byte[] bytes, int index) {
    int line = 1;
    for (int i = 0; i < index; i++) {
      line += bytes[i] == '\n' ? 1 : 0;
    }
    return "byte " + (index + 1) + ", in line " + line;
  }

  private static ProgramException refused(String name, String message) {
    Span nowhere = new Span(new Source(name, ""), 0, 0);
    return new ProgramException(
        List.of(Diagnostic.error(nowhere, message, "is this the right file?")));
  }
}
