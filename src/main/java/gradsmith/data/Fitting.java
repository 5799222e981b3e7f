package gradsmith.data;

import gradsmith.derive.Assumption;
import gradsmith.derive.Derivation;
import gradsmith.evaluate.Sizes;
import gradsmith.evaluate.Tensor;
import gradsmith.expr.Property;
import gradsmith.expr.Variable;
import gradsmith.language.Program;
import gradsmith.shape.Linear;
import gradsmith.shape.Polynomial;
import gradsmith.source.Diagnostic;
import gradsmith.source.Source;
import gradsmith.source.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the length of every dimension from the arrays that are given for the variables. */
public final class Fitting {

  private static final String ONE_ROW = "a matrix of one row is written [1, 2;]";

  private final Source source;
  private final Program program;
  private final Map<String, NdArray> arrays;
  private final Map<String, Integer> lengths = new LinkedHashMap<>();
  private final Map<String, String> because = new LinkedHashMap<>();

  /** The axes in which more than one dimension is unknown yet. */
  private final List<Measured> open = new ArrayList<>();

  private final List<Diagnostic> misfits = new ArrayList<>();

  /** An axis of a variable, and how long it is in the array that is given for it. */
  private record Measured(Variable variable, NdArray array, Polynomial axis, int length) {}

  private Fitting(Source source, Program program, Map<String, NdArray> arrays) {
    this.source = source;
    this.program = program;
    this.arrays = arrays;
  }

  /**
   * Fits {@code arrays} to what {@code derivation} needs: its program's variables, and directions.
   *
   * @param variables what needs a value
   * @param arrays by name; the length of a dimension may be given under its name as well
   * @throws MisfitException if a value is missing, is of the wrong shape, or has not a property
   *     that the formulas rely on
   */
  public static Point fit(
      Source source, Derivation derivation, List<Variable> variables, Map<String, NdArray> arrays) {
    return new Fitting(source, derivation.program(), arrays).fit(derivation, variables);
  }

  private Point fit(Derivation derivation, List<Variable> variables) {
    givenLengths(variables);
    Map<Variable, NdArray> fitted = new LinkedHashMap<>();
    for (Variable variable : variables) {
      NdArray array = arrays.get(variable.name());
      if (array == null) {
        misfit(variable, described(variable) + " but has no value", missing(variable));
      } else {
        NdArray agreeing = agreeing(variable, array);
        if (agreeing != null) {
          fitted.put(variable, agreeing);
        }
      }
    }
    tellRest();
    for (String dimension : program.dimensions()) {
      if (misfits.isEmpty() && !lengths.containsKey(dimension)) {
        misfits.add(
            Diagnostic.error(
                source.whole(),
                "no value tells how long " + dimension + " is",
                "say so with --let " + dimension + "=3"));
      }
    }
    if (misfits.isEmpty()) {
      differences();
    }
    if (misfits.isEmpty()) {
      fitted.forEach((variable, array) -> properties(variable, array, derivation));
    }
    if (!misfits.isEmpty()) {
      throw new MisfitException(misfits);
    }
    Sizes sizes = new Sizes(lengths);
    Map<Variable, Tensor<double[]>> values = new LinkedHashMap<>();
    fitted.forEach((variable, array) ->
        values.put(variable, Tensor.of(sizes.axes(variable.shape()), array.entries())));
    return new Point(values, sizes);
  }

  /** A dimension that only constants have is given like a number. */
  private void givenLengths(List<Variable> variables) {
    for (String dimension : program.dimensions()) {
      NdArray array = arrays.get(dimension);
      boolean variable = variables.stream().anyMatch(other -> other.name().equals(dimension));
      if (array != null && !variable) {
        double length = array.entry(0);
        if (array.size() == 1 && length >= 1 && length == Math.rint(length) && length < 1 << 30) {
          lengths.put(dimension, (int) length);
          because.put(dimension, "that was said");
        } else {
          misfits.add(
              Diagnostic.error(
                  source.whole(),
                  dimension + " is a dimension: its value is a whole number from 1 on",
                  null));
        }
      }
    }
  }

  private static String missing(Variable variable) {
    return "give it one: --let "
        + switch (variable.rank()) {
          case 0 -> variable.name() + "=0.5";
          case 1 -> "'" + variable.name() + "=[1, 2, 3]', or " + variable.name() + "=FILE.csv";
          case 2 -> variable.name() + "=FILE.csv";
          default -> variable.name() + "=FILE.npy";
        };
  }

  private static String misfit(Variable variable, NdArray array) {
    return described(variable) + ", but its value is " + array.shape();
  }

  private static String described(Variable variable) {
    return variable.name()
        + " is "
        + switch (variable.rank()) {
          case 0 -> "a scalar";
          case 1 -> "a vector of " + variable.axes().getFirst();
          default -> variable.shape();
        };
  }

  /** Returns {@code array} along the axes of {@code variable}, or null if it does not fit. */
  private @Nullable NdArray agreeing(Variable variable, NdArray array) {
    List<Polynomial> axes = variable.axes();
    int[] given = given(axes, array);
    if (given == null) {
      misfit(
          variable,
          misfit(variable, array),
          axes.size() == 2 && array.rank() == 1 ? ONE_ROW : reason(axes));
      return null;
    }
    for (int i = 0; i < given.length; i++) {
      int length = given[i];
      if (!tells(new Measured(variable, array, axes.get(i), length))) {
        misfit(variable, misfit(variable, array), reason(axes));
        return null;
      }
    }
    return array.reshaped(given);
  }

  /** Lets the axes that have more than one unknown dimension tell what others leave. */
  private void tellRest() {
    int before;
    do {
      before = open.size();
      List<Measured> again = List.copyOf(open);
      open.clear();
      for (Measured measured : again) {
        if (!tells(measured)) {
          misfit(
              measured.variable,
              misfit(measured.variable, measured.array),
              reason(measured.variable.axes()));
        }
      }
    } while (open.size() < before && misfits.isEmpty());
  }

  /** Takes the length of an axis to tell a dimension in it; returns whether it can be that long. */
  private boolean tells(Measured measured) {
    Polynomial rest;
    try {
      rest = measured.axis.with(this::known).minus(Polynomial.of(measured.length));
    } catch (ArithmeticException tooLarge) {
      return false;
    }
    if (rest.isNumber()) {
      return rest.number() == 0;
    }
    if (rest.names().size() > 1) {
      open.add(measured);
      return true;
    }
    String name = rest.names().iterator().next();
    Integer root = root(rest, name, measured.length);
    if (root == null) {
      return false;
    }
    lengths.put(name, root);
    because.put(name, measured.variable.name() + " is " + measured.array.shape());
    return true;
  }

  /** Returns the length of {@code name} at which {@code difference} is 0, or null. */
  private static @Nullable Integer root(Polynomial difference, String name, int most) {
    Linear linear = Linear.of(difference, name);
    if (linear != null) {
      Polynomial root = linear.root();
      return root == null || !root.canBePositive() ? null : Math.toIntExact(root.number());
    }
    for (int length = 1; length <= most; length++) {
      long candidate = length;
      if (difference.at(unused -> candidate) == 0) {
        return length;
      }
    }
    return null;
  }

  /** A difference of dimensions is to be the length of an axis. */
  private void differences() {
    for (Polynomial difference : program.differences()) {
      long length = difference.at(name -> lengths.getOrDefault(name, 1).longValue());
      if (length < 1) {
        misfits.add(
            Diagnostic.error(
                source.whole(),
                "a length is " + difference + ", which is " + length + " here",
                reason(List.of(difference))));
      }
    }
  }

  private @Nullable Polynomial known(String name) {
    Integer length = lengths.get(name);
    return length == null ? null : Polynomial.of(length);
  }

  /** Returns the lengths along {@code axes}, or null if the array has others. */
  private static int @Nullable [] given(List<Polynomial> axes, NdArray array) {
    int[] given = array.axes();
    if (axes.isEmpty()) {
      return array.size() == 1 ? new int[0] : null;
    }
    if (axes.size() == 1 && (given.length > 0 || axes.getFirst().isOne())) {
      int longest = 1;
      for (int length : given) {
        longest = Math.max(longest, length);
      }
      return longest == array.size() ? new int[] {longest} : null; // a row of a file, or a column
    }
    if (given.length >= axes.size()) {
      return given.length == axes.size() ? given : null;
    }
    int[] filled = new int[axes.size()];
    int next = 0;
    for (int i = 0; i < filled.length; i++) {
      boolean one = axes.get(i).isOne();
      if (!one && next == given.length) {
        return null;
      }
      filled[i] = one ? 1 : given[next++];
    }
    return next == given.length ? filled : null;
  }

  private @Nullable String reason(List<Polynomial> axes) {
    Set<String> reasons = new LinkedHashSet<>();
    for (Polynomial axis : axes) {
      for (String name : axis.names()) {
        Integer length = lengths.get(name);
        if (length != null) {
          reasons.add(name + " is " + length + ", since " + because.get(name));
        }
      }
    }
    return reasons.isEmpty() ? null : String.join("; ", reasons);
  }

  private void properties(Variable variable, NdArray array, Derivation derivation) {
    int row = array.rank() == 0 ? 1 : array.axes()[array.rank() - 1];
    for (Property property : variable.properties()) {
      String violated = Properties.violation(property, array, row);
      boolean whole = property == Property.INTEGER;
      if (violated != null) {
        misfit(
            variable,
            whole
                ? variable.name() + " is to be a whole number, but " + violated
                : variable.name() + " was declared " + property.word() + ", but " + violated,
            whole
                ? "the exponent of a matrix is one"
                : "take the property out of its declaration, or give it other numbers");
      }
    }
    for (Assumption assumption : derivation.assumptions()) {
      String violated =
          assumption.variable() == variable
              ? Properties.violation(assumption.property(), array, row)
              : null;
      if (violated != null) {
        misfit(
            variable,
            "the formulas take for true that " + assumption.sentence() + ", but " + violated,
            "labels are rows of probabilities, such as one-hot rows");
      }
    }
  }

  private void misfit(Variable variable, String message, @Nullable String hint) {
    Program.Reading reading = program.readings().get(variable);
    Span span = reading == null ? source.whole() : reading.span();
    misfits.add(Diagnostic.error(span, message, hint));
  }
}
