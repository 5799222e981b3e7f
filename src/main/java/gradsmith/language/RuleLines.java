package gradsmith.language;

import gradsmith.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells the lines of rule files apart by the words that frame them, before any is parsed. */
public final class RuleLines {

  /** The words for a parameter that are no shape. */
  private static final Set<String> WORDS = Set.of("elementwise", "rowwise", "whole");

  /** A function's name and how many arguments it takes. */
  record Head(String name, int arity) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Head head && arity == head.arity && name.equals(head.name);
    }

    @Override
    public int hashCode() {
      return 31 * name.hashCode() + arity;
    }
  }

  private RuleLines() {}

  /**
   * Returns the lines of {@code text} without their comments and the blanks at their ends; an empty
   * line is an empty span.
   */
  public static List<Span> lines(Span text) {
    List<Span> lines = new ArrayList<>();
    String all = text.text();
    int start = 0;
    while (start <= all.length()) {
      int newline = all.indexOf('\n', start);
      int end = newline < 0 ? all.length() : newline;
      int comment = all.indexOf('#', start);
      lines.add(text.part(start, comment >= 0 && comment < end ? comment : end));
      start = end + 1;
    }
    return lines;
  }

  /** Tells whether {@code line} is an identity, and not a line of a function's entry. */
  public static boolean isIdentity(Span line) {
    String text = line.text();
    int colon = text.indexOf(':');
    return colon > 0
        && text.indexOf("->", colon) > 0
        && !text.startsWith("domain ")
        && !isSignature(text);
  }

  /** Returns the function whose entry {@code line} begins, or null if it begins none. */
  static @Nullable Head head(Span line) {
    String text = line.text();
    if (isSignature(text)) {
      int colon = text.indexOf(':');
      int arrow = text.indexOf("->");
      String parameters = text.substring(colon + 1, arrow < 0 ? text.length() : arrow);
      return new Head(text.substring(0, colon).strip(), splitTop(parameters).size());
    }
    if (isDefinition(text)) {
      int open = text.indexOf('(');
      String parameters = text.substring(open + 1, text.indexOf(')'));
      return new Head(text.substring(0, open).strip(), splitTop(parameters).size());
    }
    return null;
  }

  /** Tells whether {@code text} is {@code f : (n, k), elementwise -> (n, k)} or the like. */
  static boolean isSignature(String text) {
    int colon = text.indexOf(':');
    if (colon < 0 || !isName(text.substring(0, colon).strip())) {
      return false;
    }
    String shapes = text.substring(colon + 1).strip();
    shapes = shapes.startsWith("rows ") ? shapes.substring(5) : shapes;
    int arrow = shapes.indexOf("->");
    if (arrow >= 0 && !isParameter(shapes.substring(arrow + 2).strip())) {
      return false;
    }
    for (String parameter : splitTop(arrow < 0 ? shapes : shapes.substring(0, arrow))) {
      if (!isParameter(parameter)) {
        return false;
      }
    }
    return true;
  }

  /** Tells whether {@code text} is a word, or axes in brackets, and the mark of a label. */
  private static boolean isParameter(String text) {
    int close = text.indexOf(')');
    if (close < 0 || text.charAt(0) != '(') {
      return WORDS.contains(text);
    }
    for (int i = 1; i < close; i++) {
      char c = text.charAt(i);
      if (!Character.isLetterOrDigit(c) && c != '_' && c != ',' && !Character.isWhitespace(c)) {
        return false;
      }
    }
    return ParameterRole.of(mark(text)) != null;
  }

  /** Returns the role of the parameter that {@code text} is of. */
  static ParameterRole role(String text) {
    ParameterRole role = ParameterRole.of(mark(text));
    return role == null ? ParameterRole.PLAIN : role;
  }

  /** Returns what follows the axes of a parameter, or all of it. */
  private static String mark(String parameter) {
    return parameter.substring(parameter.indexOf(')') + 1).strip();
  }

  static boolean isName(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '_' && !(i == 0 ? Character.isLetter(c) : Character.isLetterOrDigit(c))) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /** Tells whether {@code text} may name an identity: as functions are named, or with hyphens. */
  static boolean isIdentityName(String text) {
    for (String word : text.split("-", -1)) {
      if (!isName(word) && !isNumber(word)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isNumber(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /** Returns {@code names} as they stand between brackets. */
  static String names(List<Ast.Name> names) {
    List<String> words = new ArrayList<>();
    for (Ast.Name name : names) {
      words.add(name.name());
    }
    return String.join(", ", words);
  }

  /** Splits at the commas that stand in no bracket. */
  static List<String> splitTop(String text) {
    List<String> parts = new ArrayList<>();
    for (int[] part : partsTop(text)) {
      parts.add(text.substring(part[0], part[1]).strip());
    }
    return parts;
  }

  static List<int[]> partsTop(String text) {
    List<int[]> parts = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (c == ',' && depth == 0) {
        parts.add(new int[] {start, i});
        start = i + 1;
      }
    }
    parts.add(new int[] {start, text.length()});
    return parts;
  }

  /** Tells whether {@code line} says what a function is in terms of others. */
  static boolean isDefinition(Span line) {
    return isDefinition(line.text());
  }

  private static boolean isDefinition(String text) {
    int open = text.indexOf('(');
    int close = text.indexOf(')', open);
    if (open < 0 || close < 0 || text.lastIndexOf('(', close) != open) {
      return false;
    }
    String rest = text.substring(close + 1).stripLeading();
    return rest.startsWith("=")
        && !rest.startsWith("==")
        && isName(text.substring(0, open).strip());
  }

  /** Tells whether {@code line} is d(f(A)) = …, and not the definition of a function d. */
  static boolean isDifferential(Span line) {
    String text = line.text();
    int open = text.indexOf('(');
    int call = text.indexOf('(', open + 1);
    return open > 0
        && call > 0
        && text.substring(0, open).strip().equals("d")
        && isName(text.substring(open + 1, call).strip());
  }

  /** Tells whether {@code line} says more of the function that the lines before it are of. */
  static boolean isOfAnEntry(Span line) {
    return isDifferential(line)
        || Stream.of("domain ", "adjoint ", "fact ").anyMatch(line.text()::startsWith);
  }
}
