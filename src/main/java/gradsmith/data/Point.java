package gradsmith.data;

import gradsmith.evaluate.Sizes;
import gradsmith.evaluate.Tensor;
import gradsmith.expr.Variable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A value for each variable of a program.
 *
 * @param values in the order of the variables
 * @param sizes the lengths of the dimensions
 */
public record Point(Map<Variable, Tensor<double[]>> values, Sizes sizes) {

  /** Copies the map. */
  public Point {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }
}
