package gradsmith.shape;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A polynomial in named dimensions with whole coefficients, such as {@code n}, {@code 3}, {@code
 * 2*d} or {@code n + m}: the length of an axis. Two that have the same terms are equal, however
 * they were put together; the terms stay in the order in which they came. Most lengths are one name
 * or one number, which is why those are cheap, and why equality is written out: that of a record is
 * linked at run time, which a cold start pays for.
 */
public final class Polynomial {

  /**
   * A number times names.
   *
   * @param coefficient not 0
   * @param names in alphabetical order, each as often as it is a factor
   */
  public record Term(long coefficient, List<String> names) {}

  /** The names and numbers that all terms may have together: more are no length that is meant. */
  private static final int MOST_FACTORS = 20_000;

  /** No entries at all: what is left of {@code n - n}, and no length of an axis. */
  public static final Polynomial ZERO = new Polynomial(List.of());

  /** The length that broadcasts. */
  public static final Polynomial ONE = new Polynomial(List.of(new Term(1, List.of())));

  private final List<Term> terms;
  private final int hash;

  private Polynomial(List<Term> terms) {
    this.terms = terms;
    int sum = 0;
    for (Term term : terms) {
      sum += 31 * Long.hashCode(term.coefficient) + term.names.hashCode();
    }
    hash = sum;
  }

  /** Returns the whole number {@code value}. */
  public static Polynomial of(long value) {
    return value == 0
        ? ZERO
        : value == 1 ? ONE : new Polynomial(List.of(new Term(value, List.of())));
  }

  /** Returns the dimension called {@code name}. */
  public static Polynomial of(String name) {
    return new Polynomial(List.of(new Term(1, List.of(name))));
  }

  /** Returns the polynomial of one term. */
  public static Polynomial of(Term term) {
    return of(List.of(term));
  }

  private static Polynomial of(List<Term> terms) {
    return terms.size() == 1 && terms.getFirst().names.isEmpty()
        ? of(terms.getFirst().coefficient)
        : new Polynomial(List.copyOf(terms));
  }

  /** Returns the terms, no two with the same names. */
  public List<Term> terms() {
    return terms;
  }

  /** Tells whether this is the number 1. */
  public boolean isOne() {
    return this == ONE;
  }

  /** Tells whether no name is in it. */
  public boolean isNumber() {
    return terms.isEmpty() || terms.size() == 1 && terms.getFirst().names.isEmpty();
  }

  /**
   * Returns the number that this is.
   *
   * @throws IllegalStateException if there is a name in it
   */
  public long number() {
    if (!isNumber()) {
      throw new IllegalStateException(this + " is no number");
    }
    return terms.isEmpty() ? 0 : terms.getFirst().coefficient;
  }

  /** Returns the name that this is, or null. */
  public @Nullable String name() {
    if (terms.size() != 1) {
      return null;
    }
    Term term = terms.getFirst();
    return term.coefficient == 1 && term.names.size() == 1 ? term.names.getFirst() : null;
  }

  /** Returns the names in it, in order. */
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    for (Term term : terms) {
      names.addAll(term.names);
    }
    return Collections.unmodifiableSet(names);
  }

  /** Tells whether some lengths of its dimensions may make it the length of an axis. */
  public boolean canBePositive() {
    for (Term term : terms) {
      if (term.coefficient > 0) {
        return true;
      }
    }
    return false;
  }

  /** Tells whether it is the length of an axis whatever the lengths of its dimensions are. */
  public boolean isPositive() {
    for (Term term : terms) {
      if (term.coefficient < 0) {
        return false;
      }
    }
    return !terms.isEmpty();
  }

  /**
   * Returns the sum.
   *
   * @throws ArithmeticException if a coefficient is too large
   */
  public Polynomial plus(Polynomial other) {
    return plus(other, 1);
  }

  /**
   * Returns the difference.
   *
   * @throws ArithmeticException if a coefficient is too large
   */
  public Polynomial minus(Polynomial other) {
    return plus(other, -1);
  }

  private Polynomial plus(Polynomial other, long sign) {
    List<Term> sum = new ArrayList<>(terms);
    for (Term term : other.terms) {
      add(sum, Math.multiplyExact(sign, term.coefficient), term.names);
    }
    return of(sum);
  }

  private static void add(List<Term> sum, long coefficient, List<String> names) {
    for (int i = 0; i < sum.size(); i++) {
      if (sum.get(i).names.equals(names)) {
        long both = Math.addExact(sum.get(i).coefficient, coefficient);
        if (both == 0) {
          sum.remove(i);
        } else {
          sum.set(i, new Term(both, names));
        }
        return;
      }
    }
    sum.add(new Term(coefficient, names));
  }

  /**
   * Returns the product.
   *
   * @throws ArithmeticException if a coefficient is too large, or there are too many terms
   */
  public Polynomial times(Polynomial other) {
    if (isOne()) {
      return other;
    }
    if (other.isOne()) {
      return this;
    }
    if ((factors() + other.factors()) * terms.size() * other.terms.size() > MOST_FACTORS) {
      throw new ArithmeticException("a length with too many terms");
    }
    List<Term> product = new ArrayList<>(terms.size() * other.terms.size());
    for (Term left : terms) {
      for (Term right : other.terms) {
        add(
            product,
            Math.multiplyExact(left.coefficient, right.coefficient),
            merged(left.names, right.names));
      }
    }
    return of(product);
  }

  /** Returns the numbers and names in the longest term. */
  private long factors() {
    int most = 0;
    for (Term term : terms) {
      most = Math.max(most, term.names.size() + 1);
    }
    return most;
  }

  private static List<String> merged(List<String> left, List<String> right) {
    if (left.isEmpty() || right.isEmpty()) {
      return left.isEmpty() ? right : left;
    }
    List<String> names = new ArrayList<>(left.size() + right.size());
    names.addAll(left);
    names.addAll(right);
    names.sort(null);
    return List.copyOf(names);
  }

  /** Returns the polynomial whose product with {@code divisor} is this, or null. */
  public @Nullable Polynomial dividedBy(Polynomial divisor) {
    return Division.exact(this, divisor);
  }

  /**
   * Returns this to the power of {@code exponent}, which is not negative.
   *
   * @throws ArithmeticException if a coefficient is too large, or there are too many terms
   */
  public Polynomial power(int exponent) {
    Polynomial power = ONE;
    for (int i = 0; i < exponent && !(power.isOne() && isOne()); i++) {
      power = power.times(this);
    }
    return power;
  }

  /**
   * Returns the polynomial in which each name is what {@code value} says, or itself for null.
   *
   * @throws ArithmeticException if a coefficient is too large, or there are too many terms
   */
  public Polynomial with(Function<String, @Nullable Polynomial> value) {
    String own = name();
    if (own != null) {
      Polynomial known = value.apply(own);
      return known == null ? this : known;
    }
    if (isNumber()) {
      return this;
    }
    Polynomial sum = ZERO;
    for (Term term : terms) {
      Polynomial product = of(term.coefficient);
      for (String name : term.names) {
        Polynomial known = value.apply(name);
        product = product.times(known == null ? of(name) : known);
      }
      sum = sum.plus(product);
    }
    return sum;
  }

  /**
   * Returns the number that this is where its dimensions have the lengths {@code length}.
   *
   * @throws ArithmeticException if it is too large
   */
  public long at(ToLongFunction<String> length) {
    long sum = 0;
    for (Term term : terms) {
      long product = term.coefficient;
      for (String name : term.names) {
        product = Math.multiplyExact(product, length.applyAsLong(name));
      }
      sum = Math.addExact(sum, product);
    }
    return sum;
  }

  /** Returns the number that this is where {@code lengths} has all its names, else null. */
  public @Nullable Long at(Map<String, Integer> lengths) {
    for (Term term : terms) {
      if (!lengths.keySet().containsAll(term.names)) {
        return null;
      }
    }
    return at(name -> lengths.getOrDefault(name, 0).longValue());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || other instanceof Polynomial polynomial
            && hash == polynomial.hash
            && hasTermsOf(polynomial);
  }

  private boolean hasTermsOf(Polynomial other) {
    if (terms.size() != other.terms.size()) {
      return false;
    }
    for (Term term : terms) {
      boolean found = false;
      for (Term same : other.terms) {
        found |= term.coefficient == same.coefficient && term.names.equals(same.names);
      }
      if (!found) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /** Writes {@code 2*d}, {@code n + m}, {@code n - 1}. */
  @Override
  public String toString() {
    return text("*");
  }

  /** Writes it with {@code times} between factors. */
  public String text(String times) {
    if (terms.isEmpty()) {
      return "0";
    }
    StringBuilder text = new StringBuilder();
    for (boolean negative : new boolean[] {false, true}) { // what is subtracted is written last
      for (Term term : terms) {
        if (term.coefficient < 0 == negative) {
          text.append(text.isEmpty() ? negative ? "-" : "" : negative ? " - " : " + ");
          write(term, times, text);
        }
      }
    }
    return text.toString();
  }

  private static void write(Term term, String times, StringBuilder text) {
    String size = Long.toString(term.coefficient).replace("-", "");
    boolean numeral = term.names.isEmpty() || !size.equals("1");
    text.append(numeral ? size : "");
    for (int i = 0; i < term.names.size(); i++) {
      text.append(i > 0 || numeral ? times : "").append(term.names.get(i));
    }
  }

  /** Writes it as one factor: a sum in brackets. */
  public String asFactor(String times) {
    return terms.size() > 1 ? "(" + text(times) + ")" : text(times);
  }
}
