package gradsmith.emit;

import gradsmith.emit.Code.Level;
import gradsmith.expr.Apply;
import gradsmith.expr.Constant;
import gradsmith.expr.Expr;
import gradsmith.expr.Graph;
import gradsmith.expr.Operator;
import gradsmith.expr.Operator.Primitive;
import gradsmith.expr.Rational;
import gradsmith.expr.Variable;
import gradsmith.shape.Dimension;
import gradsmith.shape.Shape;
import gradsmith.shape.Signature;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes graphs as code. Every value is an array of at least two axes, or a number. What is used
 * more than once gets a name; what broadcasting repeats is not repeated.
 */
final class CodeWriter {

  /** A part whose text is longer than this gets a name, too. */
  private static final int LONG = 60;

  private final Target target;
  private final Names names;
  private final Lengths lengths;
  private final List<String> statements;
  private final Map<Expr, Integer> uses;
  private final Map<Expr, Integer> plainUses;
  private final Map<Expr, Code> written = new HashMap<>();
  private final Map<String, Code> broadcasts = new HashMap<>();

  /**
   * Writes the nodes that {@code roots} depend on.
   *
   * @param statements where assignments go
   */
  CodeWriter(
      Target target, Names names, Lengths lengths, List<Expr> roots, List<String> statements) {
    this.target = target;
    this.names = names;
    this.lengths = lengths;
    this.statements = statements;
    uses = new HashMap<>();
    plainUses = new HashMap<>();
    count(roots);
  }

  /** Counts the places where each node is written, and where an inverse is not just multiplied. */
  private void count(List<Expr> roots) {
    for (Expr root : roots) {
      uses.merge(root, 1, Integer::sum);
      plainUses.merge(root, 1, Integer::sum);
    }
    for (Expr node : Graph.postOrder(roots).reversed()) {
      if (node instanceof Apply apply) {
        int times = isCheap(apply) ? uses.getOrDefault(node, 1) : 1;
        for (Expr argument : apply.arguments()) {
          uses.merge(argument, times, Integer::sum);
          int plain =
              switch (apply.operator()) {
                case Primitive operator
                    when operator == Primitive.PRODUCT && isSolved(apply, argument) ->
                    0;
                case Primitive operator when operator == Primitive.TRANSPOSE ->
                    plainUses.getOrDefault(node, 0);
                default -> times;
              };
          plainUses.merge(argument, plain, Integer::sum);
        }
      }
    }
  }

  /** Tells whether {@code product} is a system of equations if {@code factor} is an inverse. */
  private static boolean isSolved(Apply product, Expr factor) {
    List<Expr> chain = chain(product);
    if (chain.size() != 2) {
      return false;
    }
    Expr other = chain.getFirst() == factor ? chain.getLast() : chain.getFirst();
    boolean cheap = isDiagonal(other) || isOnesColumn(other) || isOnesRow(other);
    boolean second = factor == chain.getLast() && isInverseOrTransposed(other);
    return !cheap && !second;
  }

  private static boolean isInverseOrTransposed(Expr node) {
    return ChainOrder.isInverse(node)
        || node instanceof Apply apply
            && apply.operator() == Primitive.TRANSPOSE
            && ChainOrder.isInverse(apply.argument(0));
  }

  /** Returns the factors of {@code product} that are not numbers. */
  private static List<Expr> chain(Apply product) {
    List<Expr> factors = product.arguments();
    int scalars = 0;
    while (scalars < factors.size() && factors.get(scalars).shape().isScalarMatrix()) {
      scalars++;
    }
    return factors.subList(scalars, factors.size());
  }

  /** Tells whether writing {@code node} again costs less than a name. */
  private static boolean isCheap(Apply node) {
    return node.operator() == Primitive.TRANSPOSE
        || node.operator() == Primitive.DIAGONAL_MATRIX
        || (node.operator() instanceof Operator.Scale scale
            && scale.factor().equals(Rational.MINUS_ONE))
        || Rational.MINUS_ONE.equals(exponent(node))
        || isRepetition(node);
  }

  private static boolean isRepetition(Apply node) {
    return node.operator() == Primitive.PRODUCT
        && node.arguments().size() == 2
        && (isOnesColumn(node.argument(0)) && node.argument(1).shape().rows().isOne()
            || isOnesRow(node.argument(1)) && node.argument(0).shape().columns().isOne());
  }

  /** Returns the code of {@code root}, after the statements that it needs. */
  Code write(Expr root) throws NotEmittableException {
    for (Expr node : Graph.postOrder(root)) {
      if (!written.containsKey(node) && !isOnlyMultiplied(node) && !isTransposedInverse(node)) {
        Code code = code(node);
        if (node instanceof Apply apply
            && node != root
            && !isCheap(apply)
            && !isDivisor(apply)
            && (uses.getOrDefault(node, 0) > 1 || code.text().length() > LONG)) {
          code = named(names.temporary(), code);
        }
        written.put(node, node.shape().isScalar() ? code.number() : code);
      }
    }
    return known(root);
  }

  /** Tells whether {@code node} is written as a division where it is used. */
  private boolean isDivisor(Apply node) {
    Rational exponent = exponent(node);
    return exponent != null
        && exponent.signum() < 0
        && (isCheap(node) || uses.getOrDefault(node, 0) < 2);
  }

  /** Returns the code of {@code root} with all rows and columns that its shape says. */
  Code writeFull(Expr root) throws NotEmittableException {
    write(root);
    return full(root);
  }

  /** Assigns {@code code} to {@code name}. */
  Code named(String name, Code code) throws NotEmittableException {
    statements.add(target.say("assign", name, code.text()));
    return code.named(name);
  }

  /** Says that the value of {@code node} has been assigned. */
  void define(Expr node, Code name) {
    written.put(node, name);
  }

  /** Says that the variable called {@code name} may stand for more rows or columns than it has. */
  void defineName(String name, Code code) {
    if (code.isBroadcast()) {
      broadcasts.put(name, code);
    }
  }

  private Code known(Expr node) {
    return Objects.requireNonNull(written.get(node));
  }

  /** An inverse that is only multiplied is never computed. */
  private boolean isOnlyMultiplied(Expr node) {
    return ChainOrder.isInverse(node)
        && !node.shape().isScalarMatrix()
        && plainUses.getOrDefault(node, 0) == 0;
  }

  private Code code(Expr node) throws NotEmittableException {
    return switch (node) {
      case Variable variable ->
          broadcasts.getOrDefault(variable.name(), Code.atom(names.of(variable)));
      case Constant constant -> constant(constant);
      case Apply apply -> apply(apply);
    };
  }

  private Code number(Rational value) {
    boolean negative = value.signum() < 0;
    Rational size = negative ? value.negated() : value;
    boolean whole = size.isInteger() && size.numerator().bitLength() < 31;
    String digits =
        whole && !target.has("decimals")
            ? size.numerator().toString()
            : String.valueOf(size.toDouble());
    return negative ? Code.of("-" + digits, Level.UNARY).number() : Code.atom(digits).number();
  }

  private boolean isNumber(Code code, Rational value) {
    return code.text().equals(number(value).text());
  }

  private Code constant(Constant constant) throws NotEmittableException {
    Shape shape = constant.shape();
    return switch (constant.value()) {
      case Constant.Value.Fill fill ->
          number(fill.value())
              .broadcast(
                  !shape.rows().isOne(), !shape.columns().isOne(), !shape.leading().isEmpty());
      case Constant.Value.Identity identity ->
          target.spell("identity", lengths.length(identity.size()));
      case Constant.Value.Commutation commutation ->
          target.spell(
              "commutation",
              lengths.length(commutation.rows()),
              lengths.length(commutation.columns()));
      case Constant.Value.Size size -> {
        Code length = lengths.length(size.dimension()).number();
        yield target.has("size") ? target.spell("size", length) : length;
      }
      case Constant.Value.Pi pi -> target.spell("pi");
    };
  }

  /** Returns the code of {@code node} with every row and column. */
  private Code full(Expr node) throws NotEmittableException {
    Code code = known(node);
    Shape shape = node.shape();
    if (!code.isBroadcast()) {
      return code;
    }
    Code axes = lengths.axes(shape);
    if (isNumber(code, Rational.ZERO)) {
      return target.spell("zeros", axes);
    }
    Code ones = target.spell("ones", axes);
    return isNumber(code, Rational.ONE) ? ones : target.spell("times", code, ones);
  }

  /** Returns the code of a matrix, of 1×1 where the graph has a number. */
  private Code matrix(Expr node) throws NotEmittableException {
    return node.shape().isScalar() ? target.spell("matrix", known(node)) : full(node);
  }

  /** An operation that gives a 1×1 matrix where the graph has a number. */
  private Code settled(Apply node, Code code) throws NotEmittableException {
    return node.shape().isScalar() ? target.spell("scalar", code) : code;
  }

  private Code apply(Apply node) throws NotEmittableException {
    Expr first = node.argument(0);
    boolean stack = !first.shape().leading().isEmpty();
    return switch (node.operator()) {
      case Operator.Scale scale -> scaled(scale.factor(), known(first));
      case Operator.AxisSum sum ->
          settled(
              node,
              target.spell(
                  sum.keep() ? "axis_sum_keep" : "axis_sum",
                  full(first),
                  Code.atom(String.valueOf(-3 - sum.fromRight()))));
      case Operator.NewAxis axis ->
          target.spell("new_axis", matrix(first), Code.atom(String.valueOf(-3 - axis.fromRight())));
      case Operator.Unvec unvec ->
          settled(
              node,
              target.spell(
                  "unvec",
                  matrix(first),
                  lengths.length(unvec.rows()),
                  lengths.length(unvec.columns())));
      case Operator.BlockContraction blocks ->
          settled(
              node,
              target.spell(
                  blocks.inner() ? "kron_left" : "kron_right",
                  matrix(first),
                  matrix(node.argument(1)),
                  lengths.length(blocks.rows()),
                  lengths.length(blocks.columns())));
      case Operator.Unknown unknown ->
          throw new NotEmittableException(unknown.name() + " has no definition");
      case Operator.Function function -> function(function, node);
      case Primitive primitive ->
          switch (primitive) {
            case SUM -> sum(node);
            case PRODUCT -> product(node);
            case HADAMARD -> quotient(node, node.arguments(), null);
            case TRANSPOSE -> transposed(first);
            case POWER -> power(node);
            case TOTAL -> first.shape().isScalar() ? known(first) : total(first);
            case TRACE ->
                first.shape().isScalar()
                    ? known(first)
                    : target.spell(stack ? "trace_stack" : "trace", full(first));
            case DIAGONAL ->
                first.shape().isScalar()
                    ? known(first)
                    : target.spell(stack ? "diagonal_stack" : "diagonal", full(first));
            case DIAGONAL_MATRIX ->
                first.shape().isScalar()
                    ? known(first)
                    : target.spell(
                        stack ? "diagonal_matrix_stack" : "diagonal_matrix", full(first));
            case VEC -> first.shape().isScalar() ? known(first) : target.spell("vec", full(first));
            case KRONECKER ->
                settled(node, target.spell("kron", matrix(first), matrix(node.argument(1))));
          };
    };
  }

  private Code total(Expr node) throws NotEmittableException {
    return target.spell("total", full(node));
  }

  private Code scaled(Rational factor, Code code) throws NotEmittableException {
    if (isNumber(code, Rational.ONE)) {
      return number(factor).as(code);
    }
    Code result =
        factor.equals(Rational.MINUS_ONE)
            ? target.spell("negate", code)
            : factor.reciprocal().isInteger()
                ? target.spell("divide", code, number(factor.reciprocal()))
                : target.spell("times", number(factor), code);
    return result.as(code);
  }

  private Code transposed(Expr node) throws NotEmittableException {
    Code code = known(node);
    Code turned = code.broadcast(code.oneColumn(), code.oneRow(), code.oneMatrix());
    if (node.shape().isScalarMatrix() || (code.oneRow() && code.oneColumn()) || code.isNumber()) {
      return turned;
    }
    String key = node.shape().leading().isEmpty() ? "transpose" : "transpose_stack";
    return target.spell(key, code).as(turned);
  }

  private Code sum(Apply node) throws NotEmittableException {
    Code sum = null;
    List<Expr> terms = new ArrayList<>();
    node.arguments().stream().filter(term -> negated(term) == null).forEach(terms::add);
    node.arguments().stream().filter(term -> negated(term) != null).forEach(terms::add);
    for (Expr term : terms) {
      Expr positive = negated(term);
      if (sum == null) {
        sum = known(term);
      } else if (positive != null) {
        sum = target.spell("subtract", sum, known(positive));
      } else {
        sum = target.spell("add", sum, known(term));
      }
    }
    return broadcastOf(node, Objects.requireNonNull(sum), node.arguments());
  }

  private static @Nullable Expr negated(Expr node) {
    return node instanceof Apply apply
            && apply.operator() instanceof Operator.Scale scale
            && scale.factor().equals(Rational.MINUS_ONE)
        ? apply.argument(0)
        : null;
  }

  /** What is broadcast in all operands is broadcast in the result. */
  private Code broadcastOf(Apply node, Code code, List<Expr> operands) {
    boolean rows = !node.shape().rows().isOne();
    boolean columns = !node.shape().columns().isOne();
    for (Expr operand : operands) {
      Code known = known(operand);
      rows &= known.oneRow() || operand.shape().rows().isOne();
      columns &= known.oneColumn() || operand.shape().columns().isOne();
    }
    return code.broadcast(rows, columns, isOneMatrix(node, operands));
  }

  /** Tells whether {@code operands} as written have fewer leading axes than {@code node}. */
  private boolean isOneMatrix(Apply node, List<Expr> operands) {
    List<Dimension> leading = List.of();
    for (Expr operand : operands) {
      if (!known(operand).oneMatrix()) {
        leading =
            Objects.requireNonNull(Shape.broadcastLeading(leading, operand.shape().leading()));
      }
    }
    return !leading.equals(node.shape().leading());
  }

  /** Writes factors entry by entry, and negative powers as divisors. */
  private Code quotient(Apply node, List<Expr> factors, @Nullable Code last)
      throws NotEmittableException {
    Code dividend = null;
    List<Code> divisors = new ArrayList<>();
    for (Expr factor : factors) {
      Apply divisor = divisor(factor);
      Rational exponent = divisor == null ? null : exponent(divisor);
      if (divisor != null && exponent != null) {
        divisors.add(power(divisor.argument(0), exponent.negated()));
      } else if (!isNumber(known(factor), Rational.ONE)) {
        dividend =
            dividend == null ? known(factor) : target.spell("times", dividend, known(factor));
      }
    }
    if (last != null && !(dividend != null && isNumber(last, Rational.ONE))) {
      dividend = dividend == null ? last : target.spell("times", dividend, last);
    }
    Code result = dividend == null ? number(Rational.ONE) : dividend;
    for (Code divisor : divisors) {
      result = target.spell("divide", result, divisor);
    }
    return last == null ? broadcastOf(node, result, factors) : result;
  }

  /** Returns the power with a negative exponent that {@code factor} is or repeats, or null. */
  private @Nullable Apply divisor(Expr factor) {
    if (!(factor instanceof Apply apply)) {
      return null;
    }
    if (isRepetition(apply)) {
      return divisor(isOnes(apply.argument(0)) ? apply.argument(1) : apply.argument(0));
    }
    return isDivisor(apply) ? apply : null;
  }

  private static @Nullable Rational exponent(Expr node) {
    return node instanceof Apply apply
            && apply.operator() == Primitive.POWER
            && apply.argument(1) instanceof Constant constant
            && constant.value() instanceof Constant.Value.Fill fill
        ? fill.value()
        : null;
  }

  private Code power(Apply node) throws NotEmittableException {
    Rational exponent = exponent(node);
    Code code;
    if (exponent == null) {
      code = target.spell("power", known(node.argument(0)), known(node.argument(1)));
    } else if (exponent.signum() < 0) {
      code =
          target.spell("divide", number(Rational.ONE), power(node.argument(0), exponent.negated()));
    } else {
      code = power(node.argument(0), exponent);
    }
    return broadcastOf(node, code, List.of(node.argument(0)));
  }

  private Code power(Expr base, Rational exponent) throws NotEmittableException {
    Code code = known(base);
    if (exponent.isOne()) {
      return code;
    }
    return exponent.equals(Rational.of(1, 2))
        ? elementwise("sqrt/1", base)
        : target.spell("power", code, number(exponent));
  }

  private Code function(Operator.Function function, Apply node) throws NotEmittableException {
    boolean elementwise = function.symbol().signature().kind() == Signature.Kind.ELEMENTWISE;
    Code[] operands = new Code[node.arguments().size()];
    for (int i = 0; i < operands.length; i++) {
      Expr argument = node.argument(i);
      boolean number = function.symbol().signature().parameters().get(i).isEmpty();
      operands[i] = elementwise || number ? number(argument, known(argument)) : matrix(argument);
    }
    String key = Lowering.key(function);
    boolean stack = !node.argument(0).shape().leading().isEmpty();
    if (elementwise) {
      Code code =
          operands.length == 1 ? elementwise(key, node.argument(0)) : target.spell(key, operands);
      return broadcastOf(node, code, node.arguments());
    }
    Code code = target.spell(stack && target.has(key + "_stack") ? key + "_stack" : key, operands);
    boolean oneNumber = function.symbol().signature().result().isEmpty();
    boolean reduced = oneNumber || function.symbol().signature().result().equals(List.of("1", "1"));
    return reduced && node.shape().isScalar() ? code : settled(node, code);
  }

  /** A function of a number that no input is in may have a word of its own. */
  private Code elementwise(String key, Expr argument) throws NotEmittableException {
    Code code = known(argument);
    return target.has(key + "_constant") && isConstant(argument, code)
        ? target.spell(key + "_constant", code)
        : target.spell(key, number(argument, code));
  }

  /** A number that no input is in may have to be made an array before a function takes it. */
  private Code number(Expr node, Code code) throws NotEmittableException {
    return target.has("constant") && isConstant(node, code) ? target.spell("constant", code) : code;
  }

  /** Tells whether {@code node} is one number whatever the inputs are. */
  private static boolean isConstant(Expr node, Code code) {
    Shape shape = node.shape();
    boolean one =
        (shape.rows().isOne() || code.oneRow()) && (shape.columns().isOne() || code.oneColumn());
    return one && Graph.variables(List.of(node)).isEmpty();
  }

  private Code product(Apply node) throws NotEmittableException {
    List<Expr> factors = node.arguments();
    List<Expr> chain = chain(node);
    int scalars = factors.size() - chain.size();
    if (chain.isEmpty()) {
      return quotient(node, factors, null);
    }
    Code matrix = chain.size() == 1 ? known(chain.getFirst()) : multiplied(node, chain);
    if (scalars == 0) {
      return matrix;
    }
    return quotient(node, factors.subList(0, scalars), matrix)
        .broadcast(matrix.oneRow(), matrix.oneColumn(), isOneMatrix(node, factors));
  }

  /** The product of two matrices. */
  private Code multiplied(Apply node, List<Expr> chain) throws NotEmittableException {
    Expr left = chain.get(0);
    Expr right = chain.get(1);
    boolean stack = !node.shape().leading().isEmpty();
    if (isOnesColumn(left) && right.shape().rows().isOne()) {
      Code code = known(right);
      return code.broadcast(true, code.oneColumn(), isOneMatrix(node, chain));
    }
    if (isOnesRow(right) && left.shape().columns().isOne()) {
      Code code = known(left);
      return code.broadcast(code.oneRow(), true, isOneMatrix(node, chain));
    }
    if (isOnesRow(left)) {
      return node.shape().isScalar() ? total(right) : target.spell("colsum", full(right));
    }
    if (isOnesColumn(right)) {
      if (node.shape().isScalar()) {
        return total(left);
      }
      return left instanceof Apply turned && turned.operator() == Primitive.TRANSPOSE
          ? transposedCode(target.spell("colsum", full(turned.argument(0))), stack)
          : target.spell("rowsum", full(left));
    }
    if (isDiagonal(left)) {
      return target.spell("times", known(((Apply) left).argument(0)), full(right));
    }
    if (isDiagonal(right)) {
      Expr column = ((Apply) right).argument(0);
      return target.spell("times", full(left), transposed(column));
    }
    if (isOnlyMultiplied(left)) {
      return target.spell("solve", full(((Apply) left).argument(0)), full(right));
    }
    if (isTransposedInverse(left)) {
      Expr of = ((Apply) ((Apply) left).argument(0)).argument(0);
      return target.spell("solve", transposed(of), full(right));
    }
    if (isTransposedInverse(right)) {
      Expr of = ((Apply) ((Apply) right).argument(0)).argument(0);
      return transposedCode(
          target.spell("solve", full(of), transposedCode(full(left), stack)), stack);
    }
    if (isOnlyMultiplied(right)) {
      Expr of = ((Apply) right).argument(0);
      return transposedCode(
          target.spell("solve", transposed(of), transposedCode(full(left), stack)), stack);
    }
    if (node.shape().isScalar()) {
      return target.spell("total", target.spell("times", transposedFull(left), full(right)));
    }
    if (left.shape().columns().isOne()) {
      return target.spell("times", full(left), full(right)); // outer, by broadcasting
    }
    return target.spell(stack ? "matmul_stack" : "matmul", full(left), full(right));
  }

  private boolean isTransposedInverse(Expr node) {
    return node instanceof Apply apply
        && apply.operator() == Primitive.TRANSPOSE
        && isOnlyMultiplied(apply.argument(0));
  }

  private Code transposedFull(Expr node) throws NotEmittableException {
    return node instanceof Apply apply && apply.operator() == Primitive.TRANSPOSE
        ? full(apply.argument(0))
        : transposedCode(full(node), !node.shape().leading().isEmpty());
  }

  private Code transposedCode(Code code, boolean stack) throws NotEmittableException {
    return target.spell(stack ? "transpose_stack" : "transpose", code);
  }

  private static boolean isDiagonal(Expr node) {
    return node instanceof Apply apply && apply.operator() == Primitive.DIAGONAL_MATRIX;
  }

  private static boolean isOnesColumn(Expr node) {
    return isOnes(node) && node.shape().columns().isOne() && !node.shape().rows().isOne();
  }

  private static boolean isOnesRow(Expr node) {
    return isOnes(node) && node.shape().rows().isOne() && !node.shape().columns().isOne();
  }

  private static boolean isOnes(Expr node) {
    return node instanceof Constant constant
        && constant.isFillOf(Rational.ONE)
        && constant.shape().leading().stream().allMatch(Dimension::isOne);
  }
}
