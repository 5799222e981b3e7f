package gradsmith.algebra;

import gradsmith.algebra.Algebra.Scaled;
import gradsmith.expr.Constant;
import gradsmith.expr.Expr;
import gradsmith.expr.Fact;
import gradsmith.expr.FunctionSymbol;
import gradsmith.expr.Operator;
import gradsmith.expr.Operator.Primitive;
import gradsmith.shape.Signature;
import java.util.ArrayList;
import java.util.List;

/**
 * The normal form of function applications: transposes and repetitions go outwards where the
 * function lets them.
 */
final class Functions {

  private final Algebra algebra;

  Functions(Algebra algebra) {
    this.algebra = algebra;
  }

  /** Tells whether f(A') = f(A)' for this function. */
  static boolean commutesWithTranspose(FunctionSymbol symbol) {
    return symbol.signature().kind() == Signature.Kind.ELEMENTWISE || symbol.has(Fact.EQUIVARIANT);
  }

  Expr apply(Operator.Function function, List<Expr> arguments) {
    FunctionSymbol symbol = function.symbol();
    if (symbol.signature().kind() == Signature.Kind.ELEMENTWISE) {
      return elementwise(function, arguments);
    }
    if (symbol.has(Fact.HOMOGENEOUS)) {
      return homogeneous(function, arguments);
    }
    if (symbol.has(Fact.INVARIANT) && Algebra.is(arguments.getFirst(), Primitive.TRANSPOSE)) {
      return algebra.node(function, Algebra.arguments(arguments.getFirst()));
    }
    if (commutesWithTranspose(symbol) && Algebra.is(arguments.getFirst(), Primitive.TRANSPOSE)) {
      List<Expr> turned = new ArrayList<>(arguments);
      turned.set(0, Algebra.arguments(arguments.getFirst()).getFirst());
      return algebra.transpose(algebra.node(function, turned));
    }
    if (symbol.name().equals("inv")) {
      return inverse(function, arguments.getFirst());
    }
    return algebra.node(function, arguments);
  }

  /** f(c A) = c f(A). */
  private Expr homogeneous(Operator.Function function, List<Expr> arguments) {
    Scaled scaled = algebra.split(arguments.getLast());
    List<Expr> numbers = new ArrayList<>();
    List<Expr> plain = new ArrayList<>(arguments);
    plain.set(plain.size() - 1, algebra.withoutScalars(scaled.base(), numbers));
    if (Algebra.isZero(scaled.base())) {
      return algebra.zeros(algebra.expressions().apply(function, plain).shape());
    }
    numbers.add(algebra.node(function, plain));
    return algebra.scale(scaled.factor(), algebra.product(numbers));
  }

  private Expr inverse(Operator.Function function, Expr argument) {
    if (argument.shape().isScalarMatrix()) {
      return algebra.power(argument, gradsmith.expr.Rational.MINUS_ONE);
    }
    Scaled scaled = algebra.split(argument);
    if (!scaled.factor().isOne()) {
      return algebra.scale(
          scaled.factor().reciprocal(), algebra.apply(function, List.of(scaled.base())));
    }
    return Algebra.isIdentity(argument) ? argument : algebra.node(function, List.of(argument));
  }

  Expr apply(Operator.Unknown function, List<Expr> arguments) {
    return elementwise(function, arguments);
  }

  /**
   * f(c 1') = f(c) 1', f(A') = f(A)', each where it holds for all arguments that are no single
   * numbers. Where the order means nothing a number stands last.
   */
  private Expr elementwise(Operator function, List<Expr> arguments) {
    if (function instanceof Operator.Function known
        && known.symbol().has(Fact.COMMUTATIVE)
        && arguments.getFirst() instanceof Constant
        && !(arguments.getLast() instanceof Constant)) {
      return elementwise(function, arguments.reversed());
    }
    boolean someTransposed = false;
    boolean noneStraight = true;
    for (Expr argument : arguments) {
      boolean transposed = Algebra.is(argument, Primitive.TRANSPOSE);
      someTransposed |= transposed;
      noneStraight &= transposed || argument instanceof Constant || algebra.isSymmetric(argument);
    }
    if (someTransposed && noneStraight) {
      List<Expr> straight = new ArrayList<>();
      for (Expr argument : arguments) {
        straight.add(algebra.transpose(argument));
      }
      return algebra.transpose(algebra.apply(function, straight));
    }
    if (arguments.size() == 1 && Algebra.is(arguments.getFirst(), Primitive.PRODUCT)) {
      List<Expr> factors = Algebra.arguments(arguments.getFirst());
      Expr last = factors.getLast();
      if (factors.size() > 1 && Algebra.isOnesRow(last)) {
        return algebra.product(
            algebra.apply(
                function, List.of(algebra.product(factors.subList(0, factors.size() - 1)))),
            last);
      }
    }
    return algebra.node(function, arguments);
  }
}
