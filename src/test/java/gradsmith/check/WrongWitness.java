package gradsmith.check;

import gradsmith.evaluate.RandomInstance;
import gradsmith.expr.Variable;
import java.util.Map;

/** A witness whose slopes are all wrong. */
final class WrongWitness implements Witness {

  private static final Slope WRONG = new Slope(12345, 0, 12345);

  @Override
  public String name() {
    return "nobody";
  }

  @Override
  public double tolerance() {
    return 1e-9;
  }

  @Override
  public Slope[] slopes(
      ForwardProgram program, RandomInstance point, Map<Variable, double[]> direction) {
    return new Slope[] {WRONG};
  }

  @Override
  public Slope curvature(
      ForwardProgram program,
      RandomInstance point,
      Map<Variable, double[]> first,
      Map<Variable, double[]> second) {
    return WRONG;
  }
}
