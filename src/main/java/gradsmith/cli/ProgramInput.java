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

  /** Reads what {@code line} names; a text that cannot be a program is an error of the program. */
  static Source read(CommandLine line, InputStream standardInput) throws UsageException {
    String file = line.file();
    if (file == null) {
      return new Source("", String.valueOf(line.program()));
    }
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
