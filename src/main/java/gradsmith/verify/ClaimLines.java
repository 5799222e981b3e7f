package gradsmith.verify;

import gradsmith.expr.Variable;
import gradsmith.language.Limits;
import gradsmith.language.Program;
import gradsmith.language.ProgramParser;
import gradsmith.shape.Dimension;
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

/**
 * The lines of a derivation, as one types them or as gradsmith prints them: with the title of a
 * section before them and the shape in a column behind.
 */
final class ClaimLines {

  private static final Pattern TITLE =
      Pattern.compile(
          "(?m)^(forward|backward|gradients|jacobians|hessians|products|restricted)"
              + "(?=[ \\t]{2,}[\\p{L}∂])");

  private static final Pattern SHAPE =
      Pattern.compile(
          "(?m)(?<=\\S[ \\t]{2,40})(scalar|\\([\\p{L}\\p{N}_*,"
              + " ]*\\)|[\\p{L}\\p{N}_·]+(×[\\p{L}\\p{N}_·]+)*)(?=[ \\t]*\\r?$)");

  private ClaimLines() {}

  /** Returns the statements of {@code source}; what is none is reported. */
  static List<Span> of(Source source, Program program, Diagnostics diagnostics) {
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
    blank(TITLE, plain, Set.of());
    blank(SHAPE, plain, lengths(program));
    Diagnostics own = new Diagnostics();
    List<Span> lines = new ArrayList<>();
    for (Span span : ProgramParser.statements(new Source("", plain.toString()), own)) {
      lines.add(new Span(source, span.start(), span.end()));
    }
    for (Diagnostic diagnostic : own.all()) {
      diagnostics.add(Claim.moved(diagnostic, source, 0));
    }
    return lines;
  }

  private static void blank(Pattern pattern, StringBuilder text, Set<String> lengths) {
    Matcher found = pattern.matcher(text.toString());
    while (found.find()) {
      String words = found.group();
      // Else it might be a factor, or the arguments of a call.
      boolean shape = words.equals("scalar") || words.equals("()") || words.indexOf('×') > 0;
      if (pattern == TITLE
          || shape
          || lengths.containsAll(List.of(words.replaceAll("[()\\s]", "").split(",", -1)))) {
        text.replace(found.start(), found.end(), " ".repeat(words.length()));
      }
    }
  }

  private static Set<String> lengths(Program program) {
    Set<String> lengths = new HashSet<>(program.dimensions());
    for (Variable parameter : program.parameters()) {
      for (Dimension axis : parameter.axes()) {
        lengths.add(axis.toString());
      }
    }
    program.parameters().forEach(parameter -> lengths.remove(parameter.name()));
    program.bindings().forEach(binding -> lengths.remove(binding.variable().name()));
    return lengths;
  }
}
