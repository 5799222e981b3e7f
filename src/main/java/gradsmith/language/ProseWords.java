package gradsmith.language;

import gradsmith.source.Diagnostic;
import gradsmith.source.Span;
import org.jspecify.annotations.Nullable;

/** What to type instead of the words between formulas, and of operators with an index. */
final class ProseWords {

  private static final String MINIMUM =
      "type what is minimized or maximized, L = …; its gradient is 0 there";

  static final String SUM =
      "sum(x) adds all entries, x' y products of entries, rowsum(X) the entries of each row";

  static final String PRODUCT = "a product of positive numbers is exp(sum(log(x)))";

  private ProseWords() {}

  /** Describes {@code operator} with an index behind a line, as in min_x and sum_i; or null. */
  static @Nullable Diagnostic indexed(String operator, Span span) {
    String hint =
        switch (operator) {
          case "min", "max", "argmin", "argmax", "inf", "sup", "arg" -> MINIMUM;
          case "sum" -> SUM;
          case "prod" -> PRODUCT;
          case "lim" -> "a program has no limits; type the formula itself";
          default -> null;
        };
    return hint == null
        ? null
        : Diagnostic.error(
            span, "`" + span.text() + "` is no operator here, and no name that is declared", hint);
  }

  /** Describes {@code name} before an angular bracket, as in E[x]; null if it may be a matrix. */
  static @Nullable Diagnostic expectation(String name, Span span) {
    String hint =
        switch (name) {
          case "E", "\uD835\uDD3C" -> "an expectation over samples is a mean: mean(x)";
          case "Var", "var" -> "a variance over samples is mean((x - mean(x)).^2)";
          case "Cov", "cov" ->
              "a covariance over the rows of X is C' C / n with C = X - colmean(X)";
          default -> null;
        };
    return hint == null
        ? null
        : Diagnostic.error(span, "`" + name + "[…]` is no part of the language", hint);
  }

  /** Describes {@code word}, beside which no operator stands; null if it may be a name. */
  static @Nullable Diagnostic word(String word, Span span) {
    String hint = hint(word);
    return hint == null
        ? null
        : Diagnostic.error(span, "`" + word + "` is a word of prose, and no name here", hint);
  }

  /** Returns what to type instead of {@code word}; null if it may be a name. */
  static @Nullable String hint(String word) {
    return switch (word) {
      case "minimize", "minimise", "maximize", "maximise", "min", "max", "argmin", "argmax" ->
          MINIMUM;
      case "subject", "such", "s.t." ->
          "a constraint is no statement; type the Lagrangian: f + lambda' (A x - b)";
      case "where", "let", "is", "are", "with", "denotes" ->
          "what a name is, is declared by itself: x : (n); or assigned: y = …";
      case "for", "all", "each", "while" ->
          "there are no loops: rows and entries are taken at once, sum(…), rowsum(…), .*";
      case "if", "then", "else", "otherwise" ->
          "a choice is written with masks: (a > 0) .* b + (a <= 0) .* c";
      case "def", "function" -> "a function is written f(x) = …";
      case "return" -> "the value is the last statement";
      case "import", "from" -> "nothing is imported; the functions are there";
      case "lambda" -> "a function is written f(x) = …";
      case "and", "or", "not" -> "where both hold is the product (A > 0) .* (B > 0)";
      case "the", "of", "respect", "derivative", "gradient", "differentiate" ->
          "type the formula to be differentiated, and ask with --wrt x";
      default -> null;
    };
  }
}
