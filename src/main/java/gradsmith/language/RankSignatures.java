package gradsmith.language;

import gradsmith.shape.Signature;
import gradsmith.source.Span;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the signature of a function demands of the ranks of its arguments. */
final class RankSignatures {

  private final RankGraph graph;

  RankSignatures(RankGraph graph) {
    this.graph = graph;
  }

  /** Adds a call of a function with {@code signature}. */
  int call(Signature signature, List<ParameterRole> roles, int[] arguments, Span span) {
    int main = -1;
    int joined = -1;
    Map<String, Integer> lengths = new HashMap<>();
    for (int i = 0; i < arguments.length; i++) {
      List<String> pattern = signature.parameters().get(i);
      if (pattern.isEmpty() || roles.get(i) == ParameterRole.WHOLE) {
        graph.apply(RankRule.NUMBER_ARGUMENT, arguments[i], span);
      } else if (signature.kind() == Signature.Kind.ELEMENTWISE) {
        joined = joined < 0 ? arguments[i] : graph.apply(RankRule.JOIN, joined, arguments[i], span);
      } else {
        int argument = main < 0 ? graph.apply(RankRule.OF_MANY, arguments[i], span) : arguments[i];
        boolean rows = signature.kind() == Signature.Kind.ROWS && takesRows(pattern);
        bind(pattern.getFirst(), rows ? RankRule.ROWS_OF_ROWS : RankRule.ROWS, argument, lengths);
        bind(
            pattern.size() == 1 ? "1" : pattern.get(1),
            rows ? RankRule.COLUMNS_OF_ROWS : RankRule.COLUMNS,
            argument,
            lengths);
        main = main < 0 ? i : main;
      }
    }
    if (signature.kind() == Signature.Kind.ELEMENTWISE) {
      return joined < 0
          ? graph.constant(RankState.NUMBER, span)
          : graph.apply(RankRule.FUNCTION, joined, span);
    }
    if (signature.givesNumber() || main < 0) {
      return graph.constant(RankState.NUMBER, span);
    }
    List<String> result = signature.result();
    int made =
        graph.apply(
            RankRule.MADE,
            length(result.getFirst(), lengths, span),
            length(result.size() == 1 ? "1" : result.get(1), lengths, span),
            span);
    boolean rows =
        signature.kind() == Signature.Kind.ROWS && takesRows(signature.parameters().get(main));
    return rows ? graph.apply(RankRule.AS_GIVEN, made, arguments[main], span) : made;
  }

  private static boolean takesRows(List<String> pattern) {
    return pattern.equals(List.of("n", "k"));
  }

  private void bind(String name, RankRule axis, int argument, Map<String, Integer> lengths) {
    Span span = graph.span(argument);
    int length = graph.apply(axis, argument, span);
    if (isNumeral(name)) {
      int one = graph.constant(RankState.length(name.equals("1")), span);
      graph.apply(RankRule.EQUAL, length, one, span);
      return;
    }
    Integer known = lengths.putIfAbsent(name, length);
    if (known != null) {
      graph.apply(RankRule.EQUAL, known, length, span);
    }
  }

  private int length(String name, Map<String, Integer> lengths, Span span) {
    Integer known = lengths.get(name);
    return known != null ? known : graph.constant(RankState.length(name.equals("1")), span);
  }

  private static boolean isNumeral(String name) {
    return Character.isDigit(name.charAt(0));
  }
}
