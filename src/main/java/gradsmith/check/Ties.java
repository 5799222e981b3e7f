package gradsmith.check;

import gradsmith.evaluate.Evaluator;
import gradsmith.evaluate.MatrixKernel;
import gradsmith.evaluate.Separation;
import gradsmith.evaluate.Tensor;
import gradsmith.expr.Apply;
import gradsmith.expr.Expr;
import gradsmith.expr.Operator;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The entries at which a program takes its extremes, and the ranks of what it takes pseudo-inverses
 * of. Where several entries are extreme, as two are in max(A + A'), the extreme is smooth if they
 * stay equal as the variables move, and has a kink if they part; so is a pseudo-inverse below full
 * rank, as that of x y', if the rank stays.
 */
final class Ties implements Evaluator.Observer<double[]> {

  /** Entries that differ by this share of the largest are equal but for rounding. */
  private static final double EQUAL = 1e-12;

  /** Entries that are not equal are clearly apart. */
  private static final double APART = 1e-5;

  private final Set<Expr> dependent;
  private final Map<Apply, BitSet> extremes = new HashMap<>();
  private final Map<Apply, List<Integer>> ranks = new HashMap<>();
  private @Nullable String tied;

  /** Watches extremes among {@code dependent} nodes. */
  Ties(Set<Expr> dependent) {
    this.dependent = dependent;
  }

  @Override
  public void computed(
      Apply node, List<Tensor<double[]>> arguments, Tensor<double[]> value, boolean within) {
    if (within
        || !(node.operator() instanceof Operator.Function function)
        || !dependent.contains(node)) {
      return;
    }
    String name = function.symbol().name();
    MatrixKernel kernel = MatrixKernel.find(name, function.symbol().arity());
    if (kernel == MatrixKernel.PSEUDO_INVERSE) {
      int[] found = Separation.ranks(arguments.getFirst());
      ranks.put(node, Arrays.stream(found).boxed().toList());
      int full = Math.min(value.rows(), value.columns());
      if (Arrays.stream(found).anyMatch(rank -> rank < full)) {
        tied = name;
      }
    } else if (kernel != null && runLength(kernel, arguments.getFirst()) > 0) {
      Tensor<double[]> argument = arguments.getFirst();
      BitSet places = places(kernel, argument, EQUAL * size(argument));
      extremes.put(node, places);
      if (places.cardinality() > argument.size() / runLength(kernel, argument)) {
        tied = name;
      }
    }
  }

  /**
   * Returns the name of a function that is extreme at several entries, or of a rank that is not
   * full; null if there is none.
   */
  @Nullable String tied() {
    return tied;
  }

  /** Tells whether the same entries were extreme in another run, and the ranks the same. */
  boolean areThoseOf(Ties other) {
    return extremes.equals(other.extremes) && ranks.equals(other.ranks);
  }

  /** Tells whether an entry is so close to being extreme that it may soon be. */
  static boolean isNearlyTied(MatrixKernel kernel, Tensor<double[]> argument) {
    return !places(kernel, argument, APART)
        .equals(places(kernel, argument, EQUAL * size(argument)));
  }

  /** Returns how many entries one extreme is taken of; 0 if {@code kernel} is no extreme. */
  private static int runLength(MatrixKernel kernel, Tensor<double[]> argument) {
    return switch (kernel) {
      case ROW_MAXIMA -> argument.columns();
      case MAXIMUM, MINIMUM -> argument.size();
      default -> 0;
    };
  }

  /** Returns the places of the entries at most {@code distance} from the extreme of their run. */
  private static BitSet places(MatrixKernel kernel, Tensor<double[]> argument, double distance) {
    double[] entries = argument.entries();
    int length = runLength(kernel, argument);
    int sign = kernel == MatrixKernel.MINIMUM ? -1 : 1;
    BitSet places = new BitSet();
    for (int start = 0; start < entries.length; start += length) {
      double extreme = Double.NEGATIVE_INFINITY;
      for (int i = start; i < start + length; i++) {
        extreme = Math.max(extreme, sign * entries[i]);
      }
      for (int i = start; i < start + length; i++) {
        if (extreme - sign * entries[i] <= distance) {
          places.set(i);
        }
      }
    }
    return places;
  }

  private static double size(Tensor<double[]> argument) {
    double size = 0;
    for (double entry : argument.entries()) {
      size = Math.max(size, Math.abs(entry));
    }
    return size;
  }
}
