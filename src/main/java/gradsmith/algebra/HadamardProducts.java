package gradsmith.algebra;

import gradsmith.algebra.Algebra.Scaled;
import gradsmith.expr.Expr;
import gradsmith.expr.Operator.Primitive;
import gradsmith.expr.Rational;
import gradsmith.shape.Shape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The normal form of elementwise products: a number and 1×1 factors in front, as a matrix product
 * has them; the powers of each base collected; repeated rows and columns joined into one of each.
 */
final class HadamardProducts {

  private final Algebra algebra;

  HadamardProducts(Algebra algebra) {
    this.algebra = algebra;
  }

  Expr hadamard(List<Expr> factors) {
    Shape first = factors.getFirst().shape();
    Shape shape = new Shape(Algebra.leading(factors), first.rows(), first.columns());
    if (shape.isScalarMatrix()) {
      return algebra.product(factors);
    }
    Collected collected = new Collected(shape);
    collected.addAll(factors);
    return algebra.conform(collected.build(), shape);
  }

  private final class Collected {
    private final Shape shape;
    private final List<Expr> scalars = new ArrayList<>();
    private final List<Expr> columns = new ArrayList<>();
    private final List<Expr> rows = new ArrayList<>();
    private final Map<Expr, Expr> exponents = new LinkedHashMap<>();
    private boolean zero;

    Collected(Shape shape) {
      this.shape = shape;
    }

    void addAll(List<Expr> factors) {
      Deque<Expr> open = new ArrayDeque<>();
      for (int i = factors.size() - 1; i >= 0; i--) {
        open.push(factors.get(i));
      }
      while (!open.isEmpty()) {
        Scaled scaled = algebra.split(open.pop());
        if (!scaled.factor().isOne()) {
          scalars.add(algebra.number(scaled.factor()));
        }
        Expr factor = scaled.base();
        boolean transposed = Algebra.is(factor, Primitive.TRANSPOSE);
        Expr bare = transposed ? Algebra.arguments(factor).getFirst() : factor;
        if (Algebra.is(bare, Primitive.HADAMARD)) {
          List<Expr> nested = Algebra.arguments(bare);
          for (int i = nested.size() - 1; i >= 0; i--) {
            open.push(transposed ? algebra.transpose(nested.get(i)) : nested.get(i));
          }
        } else if (Algebra.is(bare, Primitive.PRODUCT)) {
          addProduct(
              transposed
                  ? algebra.transposedChain(Algebra.arguments(bare))
                  : Algebra.arguments(bare),
              factor);
        } else {
          add(factor);
        }
      }
    }

    /** Takes the 1×1 factors of a product out, and recognises a repeated column or row. */
    private void addProduct(List<Expr> product, Expr whole) {
      List<Expr> chain = new ArrayList<>();
      List<Expr> own = new ArrayList<>();
      for (Expr factor : product) {
        (factor.shape().isScalarMatrix() ? own : chain).add(factor);
      }
      if (chain.isEmpty()) {
        scalars.add(whole);
        return;
      }
      scalars.addAll(own);
      boolean repeatedColumn = chain.size() > 1 && Algebra.isOnesRow(chain.getLast());
      boolean repeatedRow =
          chain.size() > 1
              && Algebra.isOnes(chain.getFirst())
              && chain.getFirst().shape().columns().isOne();
      if (repeatedColumn && !repeatedRow) {
        columns.add(algebra.product(chain.subList(0, chain.size() - 1)));
      } else if (repeatedRow && !repeatedColumn) {
        rows.add(algebra.product(chain.subList(1, chain.size())));
      } else if (rankOneBond(chain) > 0 && !repeatedColumn) {
        int bond = rankOneBond(chain);
        columns.add(algebra.product(chain.subList(0, bond)));
        rows.add(algebra.product(chain.subList(bond, chain.size())));
      } else {
        if (own.isEmpty()) {
          add(whole);
        } else {
          addAll(List.of(algebra.product(chain))); // an elementwise product may have been behind
        }
      }
    }

    /** Returns where {@code chain} is a column times a row, or 0. */
    private static int rankOneBond(List<Expr> chain) {
      for (int i = 1; i < chain.size(); i++) {
        if (chain.get(i).shape().rows().isOne()) {
          return i;
        }
      }
      return 0;
    }

    private void add(Expr factor) {
      zero |= Algebra.isZero(factor);
      if (Algebra.isOnes(factor)) {
        return;
      }
      boolean power = Algebra.is(factor, Primitive.POWER);
      Expr base = power ? Algebra.arguments(factor).get(0) : factor;
      Expr exponent = power ? Algebra.arguments(factor).get(1) : algebra.number(Rational.ONE);
      exponents.merge(base, exponent, algebra::sum);
    }

    Expr build() {
      if (zero) {
        return algebra.zeros(shape);
      }
      List<Expr> factors = new ArrayList<>();
      for (Map.Entry<Expr, Expr> entry : exponents.entrySet()) {
        Scaled scaled = algebra.split(algebra.power(entry.getKey(), entry.getValue()));
        if (!scaled.factor().isOne()) {
          scalars.add(algebra.number(scaled.factor()));
        }
        if (!Algebra.isOnes(scaled.base())) {
          factors.add(scaled.base());
        }
      }
      if (cancelInSums(factors)) {
        Collected again = new Collected(shape);
        again.addAll(factors);
        again.scalars.addAll(scalars);
        again.columns.addAll(columns);
        again.rows.addAll(rows);
        return again.build();
      }
      Expr column = columns.isEmpty() ? null : algebra.hadamard(columns);
      Expr row = rows.isEmpty() ? null : algebra.hadamard(rows);
      Expr result;
      if (factors.isEmpty() && column != null && row != null) {
        result = algebra.product(column, row);
      } else {
        if (column != null) {
          factors.add(algebra.product(column, algebra.onesRow(shape.columns())));
        }
        if (row != null) {
          factors.add(algebra.product(algebra.onesColumn(shape.rows()), row));
        }
        result = factors.isEmpty() ? algebra.ones(shape) : entrywise(factors);
      }
      if (scalars.isEmpty()) {
        return result;
      }
      scalars.add(result);
      return algebra.product(scalars);
    }

    /**
     * A .* (B ./ A + C) = B + A .* C: moves a factor into a sum where it cancels in at least half
     * of the terms. Returns whether it has.
     */
    private boolean cancelInSums(List<Expr> factors) {
      for (int i = 0; i < factors.size(); i++) {
        if (!Algebra.is(factors.get(i), Primitive.SUM)) {
          continue;
        }
        List<Expr> terms = Algebra.arguments(factors.get(i));
        Map<Expr, Integer> divided = divided(terms);
        for (int j = 0; j < factors.size() && !divided.isEmpty(); j++) {
          Expr factor = factors.get(j);
          int cancelled = divided.getOrDefault(factor, 0);
          if (i != j && cancelled > 0 && 2 * cancelled >= terms.size()) {
            List<Expr> moved = new ArrayList<>();
            for (Expr term : terms) {
              moved.add(algebra.hadamard(factor, term));
            }
            factors.set(i, algebra.sum(moved));
            factors.remove(j);
            return true;
          }
        }
      }
      return false;
    }

    /** Returns what {@code terms} are divided by, and how many of them are. */
    private Map<Expr, Integer> divided(List<Expr> terms) {
      Map<Expr, Integer> divided = new HashMap<>();
      for (Expr term : terms) {
        for (Expr factor : algebra.entries(algebra.split(term).base())) {
          if (Algebra.is(factor, Primitive.POWER)
              && Rational.MINUS_ONE.equals(Powers.number(Algebra.arguments(factor).get(1)))) {
            divided.merge(Algebra.arguments(factor).get(0), 1, Integer::sum);
          }
        }
      }
      return divided;
    }

    private Expr entrywise(List<Expr> factors) {
      if (factors.size() == 1) {
        return factors.getFirst();
      }
      if (Orientation.shouldFlip(factors, algebra)) {
        factors.replaceAll(algebra::transpose);
        return algebra.transpose(algebra.node(Primitive.HADAMARD, Algebra.sorted(factors)));
      }
      return algebra.node(Primitive.HADAMARD, Algebra.sorted(factors));
    }
  }
}
