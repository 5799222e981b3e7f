package gradsmith.verify;

import gradsmith.expr.Variable;
import gradsmith.language.Limits;
import gradsmith.language.Program;
import gradsmith.language.ProgramParser;
import gradsmith.shape.Polynomial;
import gradsmith.source.Diagnostic;
import gradsmith.source.Diagnostics;
import gradsmith.source.Source;
import gradsmith.source.Span;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a derivation, as one types them or as gradsmith prints them: with the title of a
 * section before them and the shape in a column behind.
 */
final class ClaimLines {

  /** What a printed page says in words, and the program before its shapes. */
  private static final Pattern PROSE =
      Pattern.compile(
          "(?m)(\\A(?!shapes )[\\s\\S]+?(?=^shapes {2,})"
              + "|^(?:shapes|read as|given|assuming|note|checked) {2,}.*(?:\\R {11}.*)*)");

  private static final Pattern TITLE =
      Pattern.compile(
          "(?m)^(forward|backward|gradients|jacobians|hessians|products|restricted)"
              + "[ \\t]+(?=[\\p{L}∂])");

  private static final String LENGTHS = "(?:\\([\\p{L}\\p{N}_*·+, -]*\\)|[\\p{L}\\p{N}_·]+)";

  private static final Pattern SHAPE =
      Pattern.compile(
          "(?m)\\S[ \\t]{2,}(scalar|LENGTHS(?:(?:×| [+-] )LENGTHS)*)[ \\t]*\\r?$"
              .replace("LENGTHS", LENGTHS));

  /** Where a line of the text begins that claims or names something; {@code >=} does neither. */
  private static final Pattern BEGINNING = Pattern.compile("(?m)^(?=(?:[^#=<>\\n]|[<>](?!=))*=)");

  private static final Pattern NAMED =
      Pattern.compile("(?:^|[;\\n])\\s*(" + ClaimReader.NAME + ")\\s*=");

  /**
   * A statement.
   *
   * @param span where it stands; what it names, if it cannot be read
   * @param readable whether it is one
   */
  record Line(Span span, boolean readable) {}

  private ClaimLines() {}

  /** Returns the statements of {@code sources}; what is none is reported. */
  static List<Line> of(List<Source> sources, Program program, Diagnostics diagnostics) {
    List<Line> lines = new ArrayList<>();
    for (Source source : sources) {
      Diagnostics own = new Diagnostics();
      lines.addAll(of(source, program, own));
      own.all().forEach(diagnostics::add);
    }
    return lines;
  }

  private static List<Line> of(Source source, Program program, Diagnostics diagnostics) {
    if (source.text().length() > Limits.CHARACTERS) {
      diagnostics.add(
          Diagnostic.error(
              new Span(source, 0, 0),
              "the formulas are longer than " + Limits.CHARACTERS + " characters",
              "is this the right file?"));
      return List.of();
    }
    // What only decorates becomes blanks, so that every place stays where it is.
    StringBuilder plain = new StringBuilder(source.text().replace('∂', 'd').replace('∇', 'd'));
    Matcher prose = PROSE.matcher(source.text());
    while (prose.find()) {
      blank(prose, plain);
    }
    Matcher titles = TITLE.matcher(source.text());
    while (titles.find()) {
      blank(titles, plain);
    }
    Set<String> lengths = lengths(program);
    Matcher shapes = SHAPE.matcher(source.text());
    while (shapes.find()) {
      // Else it might be a factor, or the arguments of a call.
      if (shapes.group(1).matches("scalar|\\(\\)") || isShape(shapes.group(1), lengths)) {
        blank(shapes, plain);
      }
    }
    Source text = new Source("", plain.toString());
    List<Line> lines = new ArrayList<>();
    int start = 0;
    Matcher beginnings = BEGINNING.matcher(plain);
    while (start < plain.length()) {
      int end = beginnings.find() ? beginnings.start() : plain.length();
      add(new Span(text, start, end), source, lines, diagnostics);
      start = end;
    }
    if (lines.isEmpty() && !diagnostics.hasErrors()) {
      diagnostics.add(
          Diagnostic.error(
              source.whole(), "there is no formula here", ClaimReader.example(program)));
    }
    return lines;
  }

  private static boolean isShape(String text, Set<String> lengths) {
    for (String word : text.split("[()*·×,+\\s-]+", -1)) {
      if (!word.isEmpty() && !lengths.contains(word)) {
        return false;
      }
    }
    return true;
  }

  /** An open bracket swallows what follows it up to the end of {@code part}, and no further. */
  private static void add(Span part, Source source, List<Line> lines, Diagnostics diagnostics) {
    Diagnostics own = new Diagnostics();
    List<Span> read = ProgramParser.statements(part, own);
    for (Span span : read) {
      lines.add(new Line(new Span(source, span.start(), span.end()), true));
    }
    for (Diagnostic diagnostic : own.all()) {
      diagnostics.add(Claim.moved(diagnostic, source, 0));
    }
    Matcher names = NAMED.matcher(part.text());
    while (own.hasErrors() && names.find()) {
      int start = part.start() + names.start(1);
      if (read.stream().noneMatch(span -> span.start() == start)) {
        lines.add(new Line(new Span(source, start, part.start() + names.end(1)), false));
      }
    }
  }

  private static void blank(Matcher found, StringBuilder text) {
    for (int i = found.start(1); i < found.end(1); i++) {
      text.setCharAt(i, text.charAt(i) == '\n' ? '\n' : ' ');
    }
  }

  /** Returns the title of the section that {@code line} stands in, or null. */
  static @Nullable String title(Span line) {
    String title = null;
    Matcher titles = TITLE.matcher(line.source().text()).region(0, line.start());
    while (titles.useTransparentBounds(true).find()) {
      title = titles.group(1);
    }
    return title;
  }

  private static Set<String> lengths(Program program) {
    Set<String> lengths = new HashSet<>(program.dimensions());
    lengths.add("1");
    for (Variable parameter : program.parameters()) {
      for (Polynomial axis : parameter.axes()) {
        lengths.addAll(axis.names());
        axis.terms().forEach(term -> lengths.add(String.valueOf(term.coefficient())));
      }
    }
    program.parameters().forEach(parameter -> lengths.remove(parameter.name()));
    program.bindings().forEach(binding -> lengths.remove(binding.variable().name()));
    return lengths;
  }
}
