package gradsmith.language;

import gradsmith.expr.Property;
import gradsmith.shape.Length;
import gradsmith.source.Diagnostic;
import gradsmith.source.Diagnostics;
import gradsmith.source.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Elaborates one program under one reading of its undeclared names. */
final class ProgramElaboration implements Inference.Scope {

  private final Library library;
  private final Declarations declarations;
  private final Readings read;
  private final Map<String, Readings.Reading> readings;
  private final Diagnostics diagnostics;
  private final Set<String> taken;
  private final Shapes shapes;
  private final LabelUses labels = new LabelUses();
  private final WholeNames wholeNames = new WholeNames();
  private final Expansion expansion = new Expansion();
  private final Inference inference;
  private final Map<String, Proto> free = new LinkedHashMap<>();
  private final Map<String, Proto> assigned = new LinkedHashMap<>();
  private final Map<String, Proto> values = new LinkedHashMap<>();
  private final Map<String, Integer> assignedLater = new HashMap<>();
  private List<String> dimensions = List.of();

  ProgramElaboration(
      Library library, Declarations declarations, Readings readings, Diagnostics diagnostics) {
    this.library = library;
    this.declarations = declarations.settled(readings.all(), diagnostics);
    this.read = readings;
    this.readings = readings.all();
    this.diagnostics = diagnostics;
    this.taken = new HashSet<>(declarations.dimensions().keySet());
    taken.addAll(declarations.variables().keySet());
    taken.addAll(this.readings.keySet());
    this.shapes = new Shapes(diagnostics, new ShapeMessages(taken));
    this.inference =
        new Inference(
            library,
            declarations.definitions(),
            declarations.unknownFunctions(),
            declarations.dimensions(),
            shapes,
            labels,
            wholeNames,
            expansion,
            diagnostics);
  }

  /** Elaborates {@code statements}; what is {@code wanted} has a shape even if nothing uses it. */
  void run(List<Statement> statements, Wanted wanted) {
    for (Statement statement : statements) {
      if (statement instanceof Statement.Assignment assignment) {
        assignedLater.merge(assignment.target().name(), 1, Integer::sum);
        taken.add(assignment.target().name());
      }
    }
    for (int i = 0; i < statements.size(); i++) {
      switch (statements.get(i)) {
        case Statement.Assignment assignment -> assign(assignment);
        case Statement.Result result -> result(result, i == statements.size() - 1);
        case Statement.Definition definition -> checkBody(definition);
        case Statement.Declaration declaration -> {}
        case Statement.Differential differential -> {}
        case Statement.Domain domain -> {}
        case Statement.Identity identity -> {}
      }
    }
    if (values.isEmpty() && !statements.isEmpty() && !diagnostics.hasErrors()) {
      diagnostics.add(nothing(statements.getLast()));
    }
    shapes.broadcasts.decide();
    declarations
        .variables()
        .forEach((name, declared) -> {
          if (wanted.isBy(name) && !free.containsKey(name) && !assigned.containsKey(name)) {
            free.put(name, declaredNode(declared, declared.span()));
          }
        });
    if (!diagnostics.hasErrors()) {
      wanted.report(values.keySet(), free.keySet(), statements, diagnostics);
      List<String> named = new ArrayList<>(declarations.lengthNames());
      named.addAll(Settling.settle(shapes, taken, diagnostics));
      dimensions = named;
      ElementwiseNotes.add(shapes.nodes, diagnostics);
      noteMixture();
      JoinedNames.add(free, readings.keySet(), declarations, diagnostics);
    }
  }

  /** Says what makes the value no number in a program that reduces something to one. */
  private void noteMixture() {
    Readings.Mixture mixture = read.mixture();
    if (mixture != null) {
      diagnostics.add(
          Diagnostic.note(
              mixture.other(),
              "the value is no number, because %s is none beside the number %s"
                  .formatted(Shapes.text(mixture.other()), Shapes.text(mixture.number())),
              readings.containsKey(mixture.other().text())
                  ? "write " + mixture.other().text() + " : scalar if it is one"
                  : "sum(…) makes a number of a vector or matrix"));
    }
  }

  /** Says that there is no value in a program that ends in {@code last}. */
  private static Diagnostic nothing(Statement last) {
    String hint = "end with an assignment or an expression";
    if (last instanceof Statement.Definition definition) {
      List<String> parameters = definition.parameters().stream().map(Ast.Name::name).toList();
      hint += ", as in %s(%s)".formatted(definition.name().name(), String.join(", ", parameters));
    }
    return Diagnostic.error(last.span(), "there is nothing to differentiate", hint);
  }

  private void assign(Statement.Assignment assignment) {
    Ast.Name target = assignment.target();
    String name = target.name();
    if (assigned.containsKey(name)) {
      diagnostics.add(Elaborator.duplicate(target, "is assigned twice"));
      return;
    }
    boolean function =
        declarations.definitions().containsKey(name)
            || (library.names().contains(name) && !Constants.isConstant(name));
    if (function || declarations.unknownFunctions().contains(name)) {
      diagnostics.add(
          Diagnostic.error(
              target.span(),
              name + " is a function and cannot be assigned",
              "choose another name"));
    }
    Proto value = inference.infer(assignment.value(), this);
    bind(name, value, target.span());
  }

  private void bind(String name, Proto value, Span span) {
    values.put(name, value);
    if (value.isError()) {
      assigned.put(name, value);
      return;
    }
    Proto made = shapes.same(new Proto.Form.Assigned(name), List.of(), value, span);
    labels.assign(name, value);
    assigned.put(name, made);
    Declarations.Declared declared = declarations.variables().get(name);
    if (declared != null) {
      if (!declared.properties().isEmpty()) {
        diagnostics.add(declared.isNoInput());
      }
      Proto wanted = declaredNode(declared, span);
      boolean fits =
          wanted.leading.size() == value.leading.size()
              && wanted.rows.unify(value.rows, "it was declared")
              && wanted.columns.unify(value.columns, "it was declared");
      for (int i = 0; fits && i < wanted.leading.size(); i++) {
        fits = wanted.leading.get(i).unify(value.leading.get(i), "it was declared");
      }
      if (!fits) {
        diagnostics.add(
            Diagnostic.error(
                span,
                name
                    + " is "
                    + shapes.messages.shape(value)
                    + " but was declared "
                    + declared.span().text(),
                shapes.messages.because(value)));
      }
    }
  }

  private void result(Statement.Result result, boolean last) {
    if (!last) {
      diagnostics.add(
          Diagnostic.error(
              result.span(),
              "an expression can only be the last line",
              "give it a name: H = " + Shapes.text(result.span())));
      return;
    }
    Proto value = inference.infer(result.value(), this);
    String name = "f";
    for (String letter : List.of("f", "y", "value", "value_")) {
      name = letter;
      if (!taken.contains(letter)
          && !free.containsKey(letter)
          && !declarations.definitions().containsKey(letter)
          && !declarations.unknownFunctions().contains(letter)) {
        break;
      }
    }
    taken.add(name);
    bind(name, value, result.span());
  }

  /** The body of a definition is checked even if nobody calls it. */
  private void checkBody(Statement.Definition definition) {
    Map<String, Readings.Reading> parameterReadings =
        Readings.ofProgram(
                library,
                declarations.definitions(),
                declarations.ranks(),
                List.of(new Statement.Result(definition.span(), definition.body())))
            .all();
    Map<String, Proto> parameters = new HashMap<>();
    Diagnostics trial = new Diagnostics();
    // A misfit of shapes may come from how the parameters were guessed.
    Shapes own = new Shapes(trial, new Diagnostics(), new ShapeMessages(taken));
    for (Ast.Name parameter : definition.parameters()) {
      Readings.Reading reading = parameterReadings.get(parameter.name());
      parameters.put(
          parameter.name(),
          FreeNames.make(parameter, reading == null ? Rank.MATRIX : reading.rank(), own, false));
    }
    Inference check =
        new Inference(
            library,
            declarations.definitions(),
            declarations.unknownFunctions(),
            declarations.dimensions(),
            own,
            new LabelUses(),
            new WholeNames(),
            expansion.another(),
            trial);
    Library.Entry entry = library.entry(definition.name().name(), definition.parameters().size());
    boolean ofLibrary = entry != null && entry.definition() == definition;
    check.infer(
        definition.body(),
        new DefinitionScope(
            definition,
            parameters,
            own,
            declarations.dimensions(),
            ofLibrary ? null : name -> closed(name, parameterReadings, own)));
    for (Diagnostic diagnostic : trial.all()) {
      if (diagnostic.severity() == Diagnostic.Severity.ERROR) {
        diagnostics.add(diagnostic);
      }
    }
  }

  /** Stands for a name of the program in a body that may be called, or not. */
  private Proto closed(Ast.Name name, Map<String, Readings.Reading> bodyReadings, Shapes own) {
    Proto constant = assignedLater.containsKey(name.name()) ? null : Constants.lookUp(name, own);
    Length length = declarations.dimensions().get(name.name());
    Readings.Reading reading = bodyReadings.get(name.name());
    if (constant != null) {
      return constant;
    }
    return length != null
        ? own.scalar(new Proto.Form.Size(length), List.of(), name.span())
        : FreeNames.make(name, reading == null ? Rank.MATRIX : reading.rank(), own, false);
  }

  @Override
  public Proto lookUp(Ast.Name name) {
    Proto known = assigned.get(name.name());
    if (known == null) {
      known = free.get(name.name());
    }
    if (known != null) {
      return known.isError() ? known : shapes.alias(known, name.span());
    }
    if (assignedLater.containsKey(name.name())) {
      return shapes.error(
          Diagnostic.error(
              name.span(),
              name.name() + " is used before it is assigned",
              "move its assignment up"));
    }
    Declarations.Declared declared = declarations.variables().get(name.name());
    if (declared != null) {
      Proto made = declaredNode(declared, name.span());
      free.put(name.name(), made);
      return made;
    }
    Proto constant = Constants.lookUp(name, shapes);
    if (constant != null) {
      return constant;
    }
    Length dimension = declarations.dimensions().get(name.name());
    if (dimension != null) {
      return shapes.scalar(new Proto.Form.Size(dimension), List.of(), name.span());
    }
    if (library.names().contains(name.name())
        || declarations.definitions().containsKey(name.name())
        || declarations.unknownFunctions().contains(name.name())) {
      return shapes.error(
          Diagnostic.error(
              name.span(),
              name.name() + " is a function and needs an argument",
              "write " + name.name() + "(…)"));
    }
    Readings.Reading reading = readings.get(name.name());
    Proto made = FreeNames.make(name, reading == null ? Rank.MATRIX : reading.rank(), shapes, true);
    free.put(name.name(), made);
    return made;
  }

  private Proto declaredNode(Declarations.Declared declared, Span span) {
    String origin = declared.origin();
    List<Length> axes = new ArrayList<>();
    for (int i = 0; i < declared.rank(); i++) {
      axes.add(
          declared.axes() == null
              ? Length.freeOfName()
              : Length.of(declared.axes().get(i), origin));
    }
    boolean vector = declared.rank() == 1;
    while (axes.size() < 2) {
      axes.add(Shapes.one());
    }
    if (declared.axes() == null
        && declared.properties().stream()
            .anyMatch(property -> property.implies(Property.SYMMETRIC))) {
      axes.get(0).unify(axes.get(1), origin);
    }
    int leading = axes.size() - 2;
    return shapes.node(
        new Proto.Form.Free(declared.name().name(), true),
        List.of(),
        List.copyOf(axes.subList(0, leading)),
        axes.get(leading),
        axes.get(leading + 1),
        vector,
        span);
  }

  /**
   * Returns the program, with what there is to say about it; there were no errors.
   *
   * @param by what to differentiate by, if the program says so
   */
  Program program(Wanted wanted, List<String> by, List<Diagnostic> notes) {
    return new ProgramEmission(declarations, readings, taken, labels, wholeNames, values, wanted)
        .program(free, by, dimensions, notes);
  }
}
