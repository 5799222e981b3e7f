package gradsmith.cli;

import gradsmith.language.Limits;
import gradsmith.source.Diagnostic;
import gradsmith.source.ProgramException;
import gradsmith.source.Source;
import gradsmith.source.Span;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Reads the text of a program: from the command line, a file or standard input. */
final class ProgramInput {

  private ProgramInput() {}

  /** Reads the program where nothing else but options is expected. */
  static Source only(Arguments arguments, Console console) throws UsageException {
    List<String> operands = arguments.operands();
    boolean file = arguments.has(CommandOptions.FILE);
    if (operands.size() > (file ? 0 : 1)) {
      throw file
          ? new UsageException(
              "--file gives the program; what is " + Arguments.quoted(operands.getFirst()) + "?")
          : new UsageException(
              "one program is expected, not "
                  + operands.size()
                  + ": put it in quotes ("
                  + Arguments.quoted(operands.get(1))
                  + " is the second)");
    }
    return first(arguments, console);
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
      throw new UsageException(
          "there is no program; try gradsmith \"x' A x\", or gradsmith --help");
    }
    return new Source("", arguments.operands().getFirst());
  }

  /** Reads the text of {@code file}, {@code -} for standard input. */
  static Source read(String file, InputStream standardInput) throws UsageException {
    String name = file.equals("-") ? "standard input" : file;
    try (InputStream input =
        file.equals("-") ? standardInput : Files.newInputStream(Path.of(file))) {
      byte[] bytes = input.readNBytes(Limits.CHARACTERS + 1);
      if (bytes.length > Limits.CHARACTERS) {
        throw refused(name, "the input is larger than " + Limits.CHARACTERS + " bytes");
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
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == 0) {
        throw refused(name, "this is no text: byte " + (i + 1) + " is zero");
      }
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\ufeff") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw refused(name, "this is no text in UTF-8");
    }
  }

  private static ProgramException refused(String name, String message) {
    Span nowhere = new Span(new Source(name, ""), 0, 0);
    return new ProgramException(
        List.of(Diagnostic.error(nowhere, message, "is this the right file?")));
  }
}
