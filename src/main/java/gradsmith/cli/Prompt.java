package gradsmith.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/** Lines from a person at a terminal: edited, completed and remembered. */
final class Prompt {

  private static final String PROMPT = "> ";
  private static final String CONTINUED = "… ";

  private Prompt() {}

  static void run(Session session, Console console) throws IOException {
    try (org.jline.terminal.Terminal terminal = TerminalBuilder.builder().system(true).build()) {
      LineReaderBuilder builder =
          LineReaderBuilder.builder()
              .terminal(terminal)
              .parser(new Entries())
              .completer((reader, line, candidates) -> complete(session, line, candidates))
              .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
              .variable(LineReader.SECONDARY_PROMPT_PATTERN, CONTINUED);
      Path history = history();
      if (history != null) {
        builder.variable(LineReader.HISTORY_FILE, history);
      }
      LineReader reader = builder.build();
      console.output().println("gradsmith " + HelpPage.version() + "; :help says what to type");
      console.output().flush();
      while (!session.isEnded()) {
        String entry = entry(reader);
        if (entry == null) {
          return;
        }
        session.accept(entry);
      }
    }
  }

  /** Returns the next entry, nothing where Ctrl-C drops it, and null at the end. */
  private static @Nullable String entry(LineReader reader) {
    try {
      return reader.readLine(PROMPT);
    } catch (UserInterruptException e) {
      return "";
    } catch (EndOfFileException e) {
      return null;
    }
  }

  private static @Nullable Path history() {
    String state = System.getenv("XDG_STATE_HOME");
    Path home =
        state == null || state.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".local", "state")
            : Path.of(state);
    try {
      return Files.createDirectories(home.resolve("gradsmith")).resolve("history");
    } catch (IOException e) {
      return null; // a prompt without a memory is better than none
    }
  }

  private static void complete(Session session, ParsedLine line, List<Candidate> candidates) {
    Iterable<String> words =
        line.line().stripLeading().startsWith(":") && line.wordIndex() == 0
            ? Session.requests()
            : session.names();
    for (String word : words) {
      candidates.add(new Candidate(word, word, null, null, null, null, false));
    }
  }

  /** Takes a name under the cursor for the word, and asks for more where an entry is incomplete. */
  private static final class Entries implements Parser {

    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
      boolean open = !line.endsWith("\n") && Session.isIncomplete(line);
      if (context == ParseContext.ACCEPT_LINE && open) {
        throw new EOFError(-1, cursor, "more is expected");
      }
      int start = cursor;
      while (start > 0 && isPart(line.charAt(start - 1))) {
        start--;
      }
      boolean first = line.substring(0, start).replace(":", "").isBlank();
      return new Word(line, cursor, line.substring(start, cursor), first ? 0 : 1);
    }

    private static boolean isPart(char c) {
      return Character.isLetterOrDigit(c) || c == '_' || c == '-';
    }
  }

  private record Word(String line, int cursor, String word, int wordIndex)
      implements CompletingParsedLine {

    @Override
    public int wordCursor() {
      return word.length();
    }

    @Override
    public CharSequence escape(CharSequence candidate, boolean complete) {
      return candidate;
    }

    @Override
    public int rawWordCursor() {
      return word.length();
    }

    @Override
    public int rawWordLength() {
      return word.length();
    }

    @Override
    public List<String> words() {
      return wordIndex == 0 ? List.of(word) : List.of("", word);
    }
  }
}
