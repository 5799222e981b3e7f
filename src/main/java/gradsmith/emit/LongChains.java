package gradsmith.emit;

import gradsmith.expr.Expr;
import gradsmith.expr.Expressions;
import gradsmith.expr.Operator.Primitive;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Puts brackets into products of very many matrices of one size, of which the first and the last
 * may be thinner: from the thin end. What begins or ends a longer product is taken from there, so
 * that the gradients by the n factors of a product, each of all factors but one, are 3 n products
 * of two and not n².
 */
final class LongChains {

  private final Expressions expressions;
  private final ToDoubleFunction<Expr> rows;
  private final ToDoubleFunction<Expr> columns;
  private final Set<List<Expr>> pieces = new HashSet<>();

  /** The longest products, by the two factors at an end that is thin. */
  private final Map<List<Expr>, Whole> fromLeft = new HashMap<>();

  private final Map<List<Expr>, Whole> fromRight = new HashMap<>();

  /** Where each factor stands in the longest product that is nowhere thin. */
  private final Map<Expr, Place> places = new HashMap<>();

  private record Place(Whole whole, int index) {}

  /** A product that others are put together from. */
  private final class Whole {
    private final List<Expr> factors;
    private final List<Expr> beginnings = new ArrayList<>();
    private final List<Expr> ends = new ArrayList<>();

    Whole(List<Expr> factors) {
      this.factors = factors;
    }

    /** The product of the first {@code count} factors, from the left. */
    Expr beginning(int count) {
      for (int i = beginnings.size(); i < count; i++) {
        Expr factor = factors.get(i);
        beginnings.add(i == 0 ? factor : product(beginnings.get(i - 1), factor));
      }
      return beginnings.get(count - 1);
    }

    /** The product of the last {@code count} factors, from the right. */
    Expr end(int count) {
      for (int i = ends.size(); i < count; i++) {
        Expr factor = factors.get(factors.size() - 1 - i);
        ends.add(i == 0 ? factor : product(factor, ends.get(i - 1)));
      }
      return ends.get(count - 1);
    }
  }

  /** Measures factors by {@code rows} and {@code columns}. */
  LongChains(Expressions expressions, ToDoubleFunction<Expr> rows, ToDoubleFunction<Expr> columns) {
    this.expressions = expressions;
    this.rows = rows;
    this.columns = columns;
  }

  /** Returns whether {@code chain} is for this: whether it takes most operations in any order. */
  boolean takes(List<Expr> chain) {
    for (List<Expr> piece : pieces(chain)) {
      double size = columns.applyAsDouble(piece.getFirst());
      boolean even = isThinner(rows.applyAsDouble(piece.getFirst()), size, true);
      for (Expr factor : piece.subList(1, piece.size())) {
        even &= rows.applyAsDouble(factor) == size;
        boolean last = factor == piece.getLast();
        even &= isThinner(columns.applyAsDouble(factor), size, last);
      }
      if (!even && piece.size() > 2) {
        return false;
      }
    }
    return true;
  }

  private static boolean isThinner(double length, double size, boolean mayBe) {
    return length == size || mayBe && length < size;
  }

  /** Says that the product of {@code chain} is computed. */
  void add(List<Expr> chain) {
    pieces.addAll(pieces(chain));
  }

  /** Says that all products have been added. */
  void share() {
    List<List<Expr>> longest = new ArrayList<>(pieces);
    longest.sort(
        Comparator.<List<Expr>>comparingInt(List::size)
            .reversed()
            .thenComparingInt(piece -> piece.getFirst().id())
            .thenComparingInt(piece -> piece.getLast().id()));
    for (List<Expr> piece : longest) {
      if (piece.size() > 1 && parts(piece) == null) {
        register(piece);
      }
    }
  }

  private void register(List<Expr> piece) {
    Whole whole = new Whole(piece);
    boolean left = isThinLeft(piece);
    boolean right = isThinRight(piece);
    if (left) {
      fromLeft.putIfAbsent(List.copyOf(piece.subList(0, 2)), whole);
    }
    if (right) {
      fromRight.putIfAbsent(lastTwo(piece), whole);
    }
    for (int i = 0; i < piece.size() && !left && !right; i++) {
      places.putIfAbsent(piece.get(i), new Place(whole, i));
    }
  }

  private static List<Expr> lastTwo(List<Expr> piece) {
    return List.copyOf(piece.subList(piece.size() - 2, piece.size()));
  }

  private boolean isThinLeft(List<Expr> piece) {
    return rows.applyAsDouble(piece.getFirst()) < columns.applyAsDouble(piece.getFirst());
  }

  private boolean isThinRight(List<Expr> piece) {
    return columns.applyAsDouble(piece.getLast()) < rows.applyAsDouble(piece.getLast());
  }

  /** Returns the product of {@code chain} as products of two. */
  Expr order(List<Expr> chain) {
    Expr product = null;
    for (List<Expr> piece : cut(chain)) {
      List<Expr> upright = upright(piece);
      Expr made = ordered(upright);
      Expr turned = upright.equals(piece) ? made : Factors.transposed(expressions, made);
      product = product == null ? turned : product(product, turned);
    }
    return Objects.requireNonNull(product);
  }

  private Expr ordered(List<Expr> piece) {
    List<Expr> known = piece.size() > 1 ? parts(piece) : null;
    List<Expr> parts = known == null ? piece : known;
    boolean fromRight = isThinRight(piece) && !isThinLeft(piece);
    Expr product = fromRight ? parts.getLast() : parts.getFirst();
    List<Expr> others =
        fromRight ? parts.subList(0, parts.size() - 1).reversed() : parts.subList(1, parts.size());
    for (Expr part : others) {
      product = fromRight ? product(part, product) : product(product, part);
    }
    return product;
  }

  /** Returns what {@code piece} is the product of, with parts of longer products, or null. */
  private @Nullable List<Expr> parts(List<Expr> piece) {
    boolean left = isThinLeft(piece);
    boolean right = isThinRight(piece);
    if (!left && !right) {
      return innerParts(piece);
    }
    Whole begin = left ? fromLeft.get(piece.subList(0, 2)) : null;
    Whole end = right ? fromRight.get(lastTwo(piece)) : null;
    int first = begin == null ? 0 : common(piece, begin.factors);
    int last = end == null ? 0 : common(piece.reversed(), end.factors.reversed());
    last = Math.min(last, piece.size() - first);
    List<Expr> parts = new ArrayList<>();
    if (begin != null) {
      parts.add(begin.beginning(first));
    }
    parts.addAll(piece.subList(first, piece.size() - last));
    if (end != null && last > 0) {
      parts.add(end.end(last));
    }
    return begin == null && end == null ? null : parts;
  }

  private @Nullable List<Expr> innerParts(List<Expr> piece) {
    List<Expr> parts = new ArrayList<>();
    boolean shared = false;
    for (int at = 0; at < piece.size(); ) {
      Place place = places.get(piece.get(at));
      int count = 1;
      if (place != null) {
        Whole whole = place.whole();
        List<Expr> rest = whole.factors.subList(place.index(), whole.factors.size());
        count = common(piece.subList(at, piece.size()), rest);
        boolean part = place.index() == 0 || count == rest.size();
        if (part && count > 1) {
          shared = true;
          parts.add(place.index() == 0 ? whole.beginning(count) : whole.end(count));
        } else {
          parts.addAll(piece.subList(at, at + count));
        }
      } else {
        parts.add(piece.get(at));
      }
      at += count;
    }
    return shared ? parts : null;
  }

  private static int common(List<Expr> left, List<Expr> right) {
    int count = 0;
    while (count < Math.min(left.size(), right.size()) && left.get(count) == right.get(count)) {
      count++;
    }
    return count;
  }

  private List<List<Expr>> pieces(List<Expr> chain) {
    return cut(chain).stream().map(this::upright).toList();
  }

  /** Cuts {@code chain} where a column meets a row: an outer product comes last. */
  private List<List<Expr>> cut(List<Expr> chain) {
    List<List<Expr>> pieces = new ArrayList<>();
    int start = 0;
    for (int i = 1; i <= chain.size(); i++) {
      if (i == chain.size() || chain.get(i).shape().rows().isOne()) {
        pieces.add(List.copyOf(chain.subList(start, i)));
        start = i;
      }
    }
    return pieces;
  }

  /** Returns {@code piece} or the factors of its transpose, whichever has fewer transposes. */
  private List<Expr> upright(List<Expr> piece) {
    List<Expr> turned = Factors.reversed(expressions, piece);
    long transposes = piece.stream().filter(Factors::isTranspose).count();
    long others = turned.stream().filter(Factors::isTranspose).count();
    boolean turn =
        others < transposes
            || others == transposes && turned.getFirst().id() < piece.getFirst().id();
    return turn ? turned : piece;
  }

  private Expr product(Expr left, Expr right) {
    return expressions.apply(Primitive.PRODUCT, List.of(left, right));
  }
}
