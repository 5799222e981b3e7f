package gradsmith.evaluate;

import java.util.Arrays;

/**
 * What stands for a user's function without a body in numeric checks: a + b sin(w x + p), positive
 * and smooth, with numbers that its name decides. A formula that is right for every function is
 * right for this one.
 */
final class UnknownFunction {

  private final double amplitude;
  private final double frequency;
  private final double phase;

  UnknownFunction(String name) {
    int hash = name.hashCode() * 0x9E3779B9;
    amplitude = 0.5 + (hash & 0xFF) / 256.0;
    frequency = 0.5 + (hash >>> 8 & 0xFF) / 256.0;
    phase = 6.0 * (hash >>> 16 & 0xFFFF) / 65536.0;
  }

  /** Returns the derivative of {@code order}, or the function itself. */
  <A> Tensor<A> derivative(int order, Tensor<A> argument, Field<A> field) {
    double[] shift = new double[argument.size()];
    Arrays.fill(shift, phase + order % 4 * Math.PI / 2);
    A angle = field.add(field.scale(argument.entries(), frequency), field.lift(shift));
    A wave =
        field.scale(
            field.apply(ScalarKernel.SIN, angle, null), amplitude * Math.pow(frequency, order));
    if (order > 0) {
      return new Tensor<>(argument.sharedAxes(), wave);
    }
    double[] offset = new double[argument.size()];
    Arrays.fill(offset, amplitude + 0.5);
    return new Tensor<>(argument.sharedAxes(), field.add(wave, field.lift(offset)));
  }
}
