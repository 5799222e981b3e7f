package gradsmith.emit;

import gradsmith.expr.Apply;
import gradsmith.expr.Constant;
import gradsmith.expr.Expr;
import gradsmith.expr.FunctionSymbol;
import gradsmith.expr.Graph;
import gradsmith.expr.Operator;
import gradsmith.expr.Operator.Primitive;
import gradsmith.expr.Variable;
import gradsmith.shape.Polynomial;
import gradsmith.shape.Shape;
import gradsmith.shape.Signature;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes graphs as code. Every value is an array of at least two axes, or a number. What is used
 * more than once gets a name; what broadcasting repeats is not repeated.
 */
final class CodeWriter {

  /** A part whose text is longer than this gets a name, too. */
  private static final int LONG = 60;

  /** A name and what the formulas say of it. */
  private record Label(String name, @Nullable String comment) {}

  private final Target target;
  private final Names names;
  private final Lengths lengths;
  private final Statements statements;
  private final Uses uses;
  private final JointCalls joint;
  private final WrittenCode codes;
  private final ElementwiseWriter elementwise;
  private final ProductWriter products;
  private final Map<String, Code> variables = new HashMap<>();
  private final Map<Expr, Title> titles = new HashMap<>();
  private final Map<Expr, Label> labels = new HashMap<>();
  private final Set<String> results = new HashSet<>();

  /**
   * Writes the nodes that {@code roots} depend on.
   *
   * @param definitions those roots that names stand for, in the order in which they are assigned
   * @param statements where assignments go
   */
  CodeWriter(
      Target target,
      Names names,
      Lengths lengths,
      List<Expr> roots,
      Map<String, Expr> definitions,
      Statements statements) {
    this.target = target;
    this.names = names;
    this.lengths = lengths;
    this.statements = statements;
    uses = new Uses(roots, definitions, target);
    joint = new JointCalls(roots, target);
    codes = new WrittenCode(target, lengths, uses);
    elementwise = new ElementwiseWriter(target, codes, uses);
    products = new ProductWriter(target, codes, uses, elementwise);
  }

  /** Returns the code of {@code root}, after the statements that it needs. */
  Code write(Expr root) throws NotEmittableException {
    for (Expr node : Graph.postOrder(root)) {
      JointWord word = joint.word(node);
      if (word != null && !codes.has(node)) {
        callJointly((Apply) node, word);
      } else if (!codes.has(node) && !uses.isOnlyPart(node)) {
        Code code = code(node);
        boolean named =
            uses.isShared(node)
                || code.text().length() > LONG
                || statements.isBetterAlone(code, node.shape());
        if (named && node != root && uses.isNameable(node) && !code.isLiteral()) {
          boolean whole = codes.isWhole(node, code);
          code = named(whole ? label(node) : new Label(names.temporary(), null), code, node);
        }
        codes.put(node, node.shape().isScalar() ? code.number() : code);
      }
    }
    return codes.dense(root);
  }

  /** Names what {@code word} gives of the graph where it gives {@code node}. */
  private void callJointly(Apply node, JointWord word) throws NotEmittableException {
    Map<FunctionSymbol, Expr> given = joint.beside(node, word);
    Code code = function(word.call(), node);
    List<String> all = new ArrayList<>();
    List<String> comments = new ArrayList<>();
    for (int i = 0; i < word.results().size(); i++) {
      FunctionSymbol symbol = word.results().get(i);
      Expr result = given.get(symbol);
      if (result == null) {
        all.add("_");
        continue;
      }
      String name = word.names().get(i);
      Label label = name.isEmpty() ? label(result) : new Label(names.numbered(name), null);
      all.add(label.name());
      if (label.comment() != null) {
        comments.add(label.comment());
      }
      codes.put(result, Code.atom(label.name()).flat(symbol.signature().result().size() == 1));
    }
    statements.add(all, code, node, comments);
  }

  /** Returns the code of {@code root} with all rows and columns that its shape says. */
  Code writeFull(Expr root, int rank) throws NotEmittableException {
    Code code = codes.full(write(root), root.shape());
    return rank == 1 ? code : codes.raised(root, code);
  }

  /** Returns {@code code}, of the number {@code root}, as a 1×1 matrix. */
  Code matrix(Expr root, Code code) throws NotEmittableException {
    return codes.matrix(root, code);
  }

  /** Says that {@code root} is a result, whose name it gets as soon as it needs one. */
  void want(Expr root, Title title) {
    titles.putIfAbsent(root, title);
  }

  /**
   * Says what {@code root} is called wherever it is written.
   *
   * @param comment what the formulas say of it
   */
  void label(Expr root, String name, String comment) {
    labels.putIfAbsent(root, new Label(name, comment));
  }

  /** Assigns {@code root} to {@code name}, after the statements that it needs. */
  Code assign(Expr root, String name, String comment) throws NotEmittableException {
    Code code = write(root);
    Code named = code.text().equals(name) ? code : named(new Label(name, comment), code, root);
    define(root, named);
    return named;
  }

  /** Assigns {@code code}, which is a result, to a name of its own. */
  Code namedResult(Expr root, Code code, Title title) {
    return named(resultLabel(title), code, root);
  }

  private Label resultLabel(Title title) {
    String name = names.another(title.name());
    results.add(name);
    return new Label(name, title.line());
  }

  /** Returns what {@code node} is to be called, which is whole. */
  private Label label(Expr node) {
    Label label = labels.get(node);
    Title title = titles.get(node);
    return label != null
        ? label
        : title != null ? resultLabel(title) : new Label(names.temporary(), null);
  }

  private Code named(Label label, Code code, Expr node) {
    List<String> comments = label.comment() == null ? List.of() : List.of(label.comment());
    statements.add(List.of(label.name()), code, node, comments);
    return code.named(label.name());
  }

  /** Tells whether {@code name} was made for a result. */
  boolean isResult(String name) {
    return results.contains(name);
  }

  /** Says that the value of {@code node} has been assigned. */
  void define(Expr node, Code name) {
    codes.put(node, name);
  }

  /** Says how the variable called {@code name} is written, if it is not a plain matrix. */
  void defineName(String name, Code code) {
    if (code.isBroadcast() || code.isFlat()) {
      variables.put(name, code);
    }
  }

  private Code code(Expr node) throws NotEmittableException {
    return switch (node) {
      case Variable variable ->
          variables.getOrDefault(variable.name(), Code.atom(names.of(variable)));
      case Constant constant -> constant(constant);
      case Apply apply -> apply(apply);
    };
  }

  private Code constant(Constant constant) throws NotEmittableException {
    Shape shape = constant.shape();
    return switch (constant.value()) {
      case Constant.Value.Fill fill ->
          codes
              .number(fill.value())
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
        Code length = lengths.length(Polynomial.of(size.dimension())).number();
        yield target.has("size") ? target.spell("size", length) : length;
      }
      case Constant.Value.Pi pi -> target.spell("pi");
    };
  }

  private Code apply(Apply node) throws NotEmittableException {
    Expr first = node.argument(0);
    boolean stack = !first.shape().leading().isEmpty();
    return switch (node.operator()) {
      case Operator.Scale scale -> elementwise.scaled(scale.factor(), first, codes.written(first));
      case Operator.AxisSum sum ->
          codes.settled(
              node,
              target.spell(
                  sum.keep() ? "axis_sum_keep" : "axis_sum",
                  codes.full(first),
                  Code.atom(String.valueOf(-3 - sum.fromRight()))));
      case Operator.NewAxis axis ->
          target.spell(
              "new_axis", codes.matrix(first), Code.atom(String.valueOf(-3 - axis.fromRight())));
      case Operator.Unvec unvec ->
          codes.settled(
              node,
              target.spell(
                  stack ? "unvec_stack" : "unvec",
                  codes.flat(first) == null ? codes.matrix(first) : codes.written(first),
                  lengths.length(unvec.rows()),
                  lengths.length(unvec.columns())));
      case Operator.BlockContraction blocks ->
          codes.settled(
              node,
              target.spell(
                  blocks.inner() ? "kron_left" : "kron_right",
                  codes.matrix(first),
                  codes.matrix(node.argument(1)),
                  lengths.length(blocks.rows()),
                  lengths.length(blocks.columns())));
      case Operator.Unknown unknown ->
          throw new NotEmittableException(unknown.name() + " has no definition");
      case Operator.Function function -> function(function.symbol(), node);
      case Primitive primitive ->
          switch (primitive) {
            case SUM -> elementwise.sum(node);
            case PRODUCT -> products.product(node);
            case HADAMARD -> elementwise.quotient(node, node.arguments(), null);
            case TRANSPOSE -> products.transposed(first);
            case POWER -> elementwise.power(node);
            case TOTAL -> first.shape().isScalar() ? codes.of(first) : products.sums(node);
            case TRACE ->
                first.shape().isScalar()
                    ? codes.of(first)
                    : target.spell(stack ? "trace_stack" : "trace", codes.full(first));
            case DIAGONAL ->
                first.shape().isScalar()
                    ? codes.of(first)
                    : vector(stack ? "diagonal_stack" : "diagonal", codes.full(first));
            case DIAGONAL_MATRIX -> first.shape().isScalar() ? codes.of(first) : diagonal(first);
            case VEC ->
                first.shape().isScalar()
                    ? codes.of(first)
                    : vector(stack ? "vec_stack" : "vec", codes.full(first));
            case KRONECKER ->
                codes.settled(
                    node,
                    target.spell("kron", codes.matrix(first), codes.matrix(node.argument(1))));
          };
    };
  }

  /** Writes an operation that gives a vector. */
  private Code vector(String key, Code operand) throws NotEmittableException {
    return target.has(key + "_flat")
        ? target.spell(key + "_flat", operand).flat(true)
        : target.spell(key, operand);
  }

  private Code diagonal(Expr vector) throws NotEmittableException {
    Code flat = codes.flat(vector);
    boolean stack = !vector.shape().leading().isEmpty();
    return flat != null
        ? target.spell("diagonal_matrix_flat", flat)
        : target.spell(stack ? "diagonal_matrix_stack" : "diagonal_matrix", codes.full(vector));
  }

  private Code function(FunctionSymbol function, Apply node) throws NotEmittableException {
    boolean eachEntry = function.signature().kind() == Signature.Kind.ELEMENTWISE;
    String key = Target.key(function);
    boolean flat = codes.areFlat(node.arguments());
    boolean oneRow = node.shape().isScalar() || node.argument(0).shape().rows().isOne();
    boolean whole = node.arguments().stream().map(codes::written).noneMatch(Code::isBroadcast);
    if (!eachEntry && flat && whole && oneRow && target.has(key + "_flat")) {
      Code[] vectors = node.arguments().stream().map(codes::written).toArray(Code[]::new);
      return target.spell(key + "_flat", vectors).flat(!node.shape().isScalar());
    }
    Code[] operands = new Code[node.arguments().size()];
    for (int i = 0; i < operands.length; i++) {
      Expr argument = node.argument(i);
      int axes = function.signature().parameters().get(i).size();
      operands[i] =
          axes == 0
              ? codes.of(argument)
              : eachEntry
                  ? elementwise.number(argument, codes.beside(argument, flat))
                  : axes == 1 ? codes.vector(argument) : codes.denseMatrix(argument);
    }
    boolean stack = !node.argument(0).shape().leading().isEmpty();
    if (eachEntry) {
      Code code =
          operands.length == 1
              ? elementwise.elementwise(key, node.argument(0), codes.beside(node.argument(0), flat))
              : target.spell(key, operands);
      return codes.broadcastOf(node, code, node.arguments());
    }
    Code code = target.spell(stack && target.has(key + "_stack") ? key + "_stack" : key, operands);
    boolean oneNumber = function.signature().result().isEmpty();
    boolean reduced = oneNumber || function.signature().result().equals(List.of("1", "1"));
    return reduced && node.shape().isScalar() ? code : codes.settled(node, code);
  }
}
