package gradsmith.check;

import gradsmith.check.RulePoints.Point;
import gradsmith.evaluate.Sizes;
import gradsmith.evaluate.Tensor;
import gradsmith.expr.FunctionSymbol;
import gradsmith.rules.FunctionRules;
import gradsmith.shape.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Tries whether a function acts on each entry, or on each row, by itself as its signature says: the
 * value of a part alone is that part of the value.
 */
public final class PartProof {

  private static final int DRAWS = 12;
  private static final int PARTS = 2;

  private final RulePoints points;

  /** Tries the functions of {@code rules}. */
  public PartProof(FunctionRules rules) {
    points = new RulePoints(rules);
  }

  /** Returns what contradicts the signature of {@code symbol}, or null. */
  public @Nullable String flaw(FunctionSymbol symbol) {
    Signature signature = symbol.signature();
    List<String> result = signature.result();
    boolean elementwise = signature.kind() == Signature.Kind.ELEMENTWISE;
    int rows = signature.parameters().indexOf(List.of("n", "k"));
    if (signature.kind() == Signature.Kind.MAPPED || result.size() < 2 || rows < 0) {
      return null;
    }
    Random random = new Random(symbol.name().hashCode());
    for (int draw = 0; draw < DRAWS; draw++) {
      Point point = points.point(symbol, random);
      if (point == null) {
        return RuleProof.NO_POINT;
      }
      Tensor<double[]> value = points.value(symbol, point);
      boolean stacked = value.matrices() > 1;
      int parts = stacked ? 0 : elementwise ? value.size() : value.rows();
      for (int i = 0; i < Math.min(parts, PARTS); i++) {
        int part = random.nextInt(parts);
        double[] alone = points.value(symbol, part(signature, point, part)).entries();
        int length = value.size() / parts;
        double[] within = Arrays.copyOfRange(value.entries(), part * length, (part + 1) * length);
        if (RuleProof.compare(within, alone, 1e-10) != null) {
          return "the value of "
              + (elementwise ? "an entry" : "a row")
              + " depends on the other "
              + (elementwise ? "entries" : "rows");
        }
      }
    }
    return null;
  }

  /** Returns one entry, or one row, of those arguments that have several. */
  private static Point part(Signature signature, Point point, int part) {
    boolean elementwise = signature.kind() == Signature.Kind.ELEMENTWISE;
    Map<String, Integer> lengths = new HashMap<>(point.sizes().lengths());
    lengths.put("n", 1);
    if (elementwise) {
      lengths.put("k", 1);
    }
    List<Tensor<double[]>> arguments = new ArrayList<>();
    for (int i = 0; i < point.arguments().size(); i++) {
      Tensor<double[]> argument = point.arguments().get(i);
      List<String> pattern = signature.parameters().get(i);
      boolean whole = pattern.isEmpty() || !elementwise && !pattern.getFirst().equals("n");
      int length = elementwise ? 1 : argument.columns();
      arguments.add(
          whole
              ? argument
              : Tensor.of(
                  new int[] {1, length},
                  Arrays.copyOfRange(argument.entries(), part * length, (part + 1) * length)));
    }
    return new Point(new Sizes(lengths), arguments);
  }
}
