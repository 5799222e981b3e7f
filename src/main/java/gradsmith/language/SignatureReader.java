package gradsmith.language;

import gradsmith.shape.Signature;
import gradsmith.source.Span;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads what a function takes and gives: {@code rows (n, k), (k) -> (n, 1)}. */
final class SignatureReader {

  private final List<List<String>> parameters = new ArrayList<>();
  private final List<ParameterRole> roles = new ArrayList<>();
  private final Signature signature;

  SignatureReader(Span text) {
    boolean rows = text.text().startsWith("rows ");
    boolean elementwise = false;
    Span shapes = rows ? text.part(5, text.text().length()) : text;
    int arrow = shapes.text().indexOf("->");
    Span taken = shapes.part(0, arrow < 0 ? shapes.text().length() : arrow);
    Set<String> lengths = new HashSet<>();
    for (int[] part : RuleLines.partsTop(taken.text())) {
      Span parameter = taken.part(part[0], part[1]);
      String word = parameter.text();
      roles.add(RuleLines.role(word));
      elementwise |= word.equals("elementwise");
      rows |= word.equals("rowwise");
      parameters.add(
          word.equals("elementwise") || word.equals("rowwise")
              ? List.of("n", "k")
              : pattern(parameter));
      lengths.addAll(parameters.getLast());
    }
    List<String> result = List.of("n", "k");
    if (arrow >= 0) {
      Span given = shapes.part(arrow + 2, shapes.text().length());
      result = pattern(given);
      for (String axis : result) {
        if (!Character.isDigit(axis.charAt(0)) && !lengths.contains(axis)) {
          throw LibraryReader.wrong(
              given,
              "the length " + axis + " is none of the arguments'",
              "a length of the result is one of an argument, or a number");
        }
      }
    }
    signature =
        new Signature(
            elementwise
                ? Signature.Kind.ELEMENTWISE
                : rows ? Signature.Kind.ROWS : Signature.Kind.MAPPED,
            parameters,
            result);
  }

  Signature signature() {
    return signature;
  }

  /** Returns for each parameter what the function takes it for. */
  List<ParameterRole> roles() {
    return roles;
  }

  private static List<String> pattern(Span span) {
    String text = span.text();
    int open = text.indexOf('(');
    if (open < 0) {
      return List.of();
    }
    Span inner = span.part(open + 1, text.indexOf(')'));
    List<String> axes = new ArrayList<>();
    for (int[] part :
        inner.text().isEmpty() ? List.<int[]>of() : RuleLines.partsTop(inner.text())) {
      axes.add(axis(inner.part(part[0], part[1])));
    }
    if (axes.size() > 2) {
      throw LibraryReader.wrong(
          span,
          "a function takes and gives matrices, vectors and numbers",
          "leave out the leading axes: a stack is mapped over by itself");
    }
    return axes;
  }

  /** An entry is tried with matrices of these lengths. */
  private static String axis(Span span) {
    String text = span.text();
    boolean number = !text.isEmpty() && Character.isDigit(text.charAt(0));
    boolean fits =
        number
            ? text.length() <= 3
                && text.chars().allMatch(c -> c >= '0' && c <= '9')
                && Integer.parseInt(text) >= 1
                && Integer.parseInt(text) <= Limits.RULE_LENGTH
            : RuleLines.isName(text);
    if (!fits) {
      throw LibraryReader.wrong(
          span,
          "a length is a name, or a number from 1 to " + Limits.RULE_LENGTH,
          "write (n, k) for a matrix of any lengths");
    }
    return text;
  }
}
