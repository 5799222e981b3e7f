package gradsmith.language;

import gradsmith.source.AsciiText;
import gradsmith.source.Greek;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the places where names stand say of them. Of a parameter it is kept apart, for the calls of
 * its definition: it says as much of their arguments.
 */
final class NameUses {

  private static final int USE_SHOWN = 70;

  /** What a place where a name stands makes it. */
  enum Use {
    DIVISOR,
    VECTOR,
    BIAS
  }

  /** A name, and what one place makes it. */
  record Evidence(String name, Use use) {}

  private final Map<Evidence, String> evidence = new HashMap<>();
  private @Nullable Map<Evidence, String> body;

  /** Forgets all but what makes a name a scalar. */
  void keepDivisors() {
    evidence.keySet().removeIf(noted -> noted.use != Use.DIVISOR);
  }

  /** Reads {@code name}: by its uses, else by its spelling. */
  Kinds.Reading reading(String name) {
    String use = evidence.get(new Evidence(name, Use.DIVISOR));
    if (use != null) {
      return new Kinds.Reading(Kind.SCALAR, "it is " + use, true);
    }
    char first = AsciiText.name(name).charAt(0);
    if (Character.isUpperCase(first)) {
      return new Kinds.Reading(Kind.MATRIX, "its name starts with a capital", true);
    }
    use = evidence.get(new Evidence(name, Use.VECTOR));
    use = use != null ? use : evidence.get(new Evidence(name, Use.BIAS));
    if (use != null) {
      return new Kinds.Reading(Kind.VECTOR, "it is " + use, use.startsWith("transposed"));
    }
    boolean scalarLetter = (first >= 'a' && first <= 'g') || Greek.begins(name);
    return scalarLetter
        ? new Kinds.Reading(Kind.SCALAR, "its name is a letter a–g or Greek", false)
        : new Kinds.Reading(Kind.VECTOR, "its name is in lower case", false);
  }

  /** Notes that {@code ast}, if it is a name, is {@code role} in {@code where}. */
  void note(Ast ast, Use use, String role, Ast where, Map<String, Kind> scope) {
    note(ast, use, role, role + " in `" + where.span().beginning(USE_SHOWN) + "`", scope);
  }

  /**
   * Notes it in words. Of a parameter it is kept for the calls, to which {@code role} says enough.
   */
  void note(Ast ast, Use use, String role, String text, Map<String, Kind> scope) {
    if (!(bare(ast) instanceof Ast.Name name)) {
      return;
    }
    if (!scope.containsKey(name.name())) {
      String shown = text.length() > USE_SHOWN ? text.substring(0, USE_SHOWN - 4) + "…`" : text;
      evidence.putIfAbsent(new Evidence(name.name(), use), shown);
    } else if (body != null) {
      body.putIfAbsent(new Evidence(name.name(), use), role);
    }
  }

  /** Returns {@code ast} without its sign. */
  static Ast bare(Ast ast) {
    return ast instanceof Ast.Negation negation ? negation.operand() : ast;
  }

  /** Tells whether nothing but its spelling says what a name is. */
  boolean isWeak(Ast.Name name) {
    return !evidence.containsKey(new Evidence(name.name(), Use.VECTOR))
        && !evidence.containsKey(new Evidence(name.name(), Use.BIAS))
        && isSmall(name);
  }

  /** Tells whether a name starts as numbers and vectors do. */
  static boolean isSmall(Ast.Name name) {
    return !Character.isUpperCase(name.name().codePointAt(0));
  }

  /** From now on keeps what is said of parameters in {@code own}; returns where it was kept. */
  @Nullable Map<Evidence, String> keepIn(@Nullable Map<Evidence, String> own) {
    Map<Evidence, String> outer = body;
    body = own;
    return outer;
  }
}
