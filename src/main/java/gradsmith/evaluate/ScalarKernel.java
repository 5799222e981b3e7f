package gradsmith.evaluate;

import java.util.HashMap;
import java.util.Map;
import org.apache.commons.math3.special.Erf;
import org.apache.commons.math3.special.Gamma;
import org.jspecify.annotations.Nullable;

/**
 * The elementwise functions that are computed, not defined in the library. Their derivatives are in
 * {@link DerivativeField}, from sources that know nothing of the library's rules.
 */
public enum ScalarKernel {
  /** The exponential function. */
  EXP("exp", 1),
  /** The natural logarithm. */
  LOG("log", 1),
  /** log(1 + x). */
  LOG1P("log1p", 1),
  /** exp(x) - 1. */
  EXPM1("expm1", 1),
  /** The absolute value. */
  ABS("abs", 1),
  /** -1, 0 or 1. */
  SIGN("sign", 1),
  /** 1 for positive numbers, else 0. */
  STEP("step", 1),
  /** The sine. */
  SIN("sin", 1),
  /** The cosine. */
  COS("cos", 1),
  /** The tangent. */
  TAN("tan", 1),
  /** The inverse of the sine. */
  ARCSIN("arcsin", 1),
  /** The inverse of the cosine. */
  ARCCOS("arccos", 1),
  /** The inverse of the tangent. */
  ARCTAN("arctan", 1),
  /** The hyperbolic sine. */
  SINH("sinh", 1),
  /** The hyperbolic cosine. */
  COSH("cosh", 1),
  /** The hyperbolic tangent. */
  TANH("tanh", 1),
  /** 1 / (1 + exp(-x)). */
  SIGMOID("sigmoid", 1),
  /** The error function. */
  ERF("erf", 1),
  /** The logarithm of the gamma function, for positive numbers. */
  LGAMMA("lgamma", 1),
  /** The derivative of lgamma, for positive numbers. */
  DIGAMMA("digamma", 1),
  /** polygamma(n, x), the n-th derivative of digamma at x. */
  POLYGAMMA("polygamma", 2),
  /** The larger of two numbers. */
  MAX("max", 2),
  /** The smaller of two numbers. */
  MIN("min", 2),
  /** 1 where x > y, else 0. */
  GREATER("greater", 2),
  /** 1 where x ≥ y, else 0. */
  GREATER_EQUAL("greater_equal", 2),
  /** 1 where x is less than y, else 0. */
  LESS("less", 2),
  /** 1 where x ≤ y, else 0. */
  LESS_EQUAL("less_equal", 2),
  /** 1 where x = y, else 0. */
  EQUAL("equal", 2);

  private static final Map<String, ScalarKernel> BY_NAME = byName();

  private final String functionName;
  private final int arity;

  ScalarKernel(String functionName, int arity) {
    this.functionName = functionName;
    this.arity = arity;
  }

  private static Map<String, ScalarKernel> byName() {
    Map<String, ScalarKernel> kernels = new HashMap<>();
    for (ScalarKernel kernel : values()) {
      kernels.put(kernel.functionName, kernel);
    }
    return kernels;
  }

  /**
   * Returns the kernel of the library's function {@code name} of {@code arity} arguments, or null.
   */
  public static @Nullable ScalarKernel find(String name, int arity) {
    ScalarKernel kernel = BY_NAME.get(name);
    return kernel != null && kernel.arity == arity ? kernel : null;
  }

  /** Returns the name that users type. */
  public String functionName() {
    return functionName;
  }

  /** Returns the number of arguments, 1 or 2. */
  public int arity() {
    return arity;
  }

  /**
   * Returns the value at {@code x}, and {@code y} for a function of two numbers; not a number
   * outside the domain.
   */
  public double value(double x, double y) {
    return switch (this) {
      case EXP -> Math.exp(x);
      case LOG -> Math.log(x);
      case LOG1P -> Math.log1p(x);
      case EXPM1 -> Math.expm1(x);
      case ABS -> Math.abs(x);
      case SIGN -> Math.signum(x);
      case STEP -> Double.isNaN(x) ? x : indicator(x > 0);
      case SIN -> Math.sin(x);
      case COS -> Math.cos(x);
      case TAN -> Math.tan(x);
      case ARCSIN -> Math.asin(x);
      case ARCCOS -> Math.acos(x);
      case ARCTAN -> Math.atan(x);
      case SINH -> Math.sinh(x);
      case COSH -> Math.cosh(x);
      case TANH -> Math.tanh(x);
      case SIGMOID -> 1 / (1 + Math.exp(-x));
      case ERF -> Erf.erf(x);
      case LGAMMA -> Gamma.logGamma(x);
      case DIGAMMA -> Polygamma.value(0, x);
      case POLYGAMMA -> Polygamma.value((int) x, y);
      case MAX -> Math.max(x, y);
      case MIN -> Math.min(x, y);
      case GREATER -> indicator(x > y);
      case GREATER_EQUAL -> indicator(x >= y);
      case LESS -> indicator(x < y);
      case LESS_EQUAL -> indicator(x <= y);
      case EQUAL -> indicator(x == y);
    };
  }

  private static double indicator(boolean condition) {
    return condition ? 1 : 0;
  }
}
