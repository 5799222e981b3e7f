package gradsmith.rules;

import gradsmith.algebra.Algebra;
import gradsmith.algebra.Identities;
import gradsmith.expr.Apply;
import gradsmith.expr.Expr;
import gradsmith.expr.Expressions;
import gradsmith.expr.Graph;
import gradsmith.expr.Operator.Primitive;
import gradsmith.expr.Property;
import gradsmith.expr.Variable;
import gradsmith.language.Ast;
import gradsmith.language.Elaborator;
import gradsmith.language.Library;
import gradsmith.language.LibraryReader;
import gradsmith.language.Statement;
import gradsmith.shape.Polynomial;
import gradsmith.shape.Shape;
import gradsmith.source.Diagnostic;
import gradsmith.source.Diagnostics;
import gradsmith.source.ProgramException;
import gradsmith.source.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the identities that a line states: the one that is written, and those that hold with it for
 * numbers or for the negatives. Refuses what cannot be a rewriting.
 */
final class IdentityReader {

  private final Library library;

  IdentityReader(Library library) {
    this.library = library;
  }

  /** Returns the identities of {@code line}; what is wrong with it is thrown. */
  List<Identity> read(Span line) {
    Diagnostics diagnostics = new Diagnostics();
    Statement.Identity identity = LibraryReader.identity(line, library.names());
    List<Identity> identities = new ArrayList<>();
    List<Expr> sides = Elaborator.identity(library, identity.left(), identity.right(), diagnostics);
    if (!diagnostics.hasErrors()) {
      identities.add(normalize(identity, sides, false));
      Identity negated = negated(identities.getFirst());
      if (negated != null) {
        identities.add(negated);
      }
      if (holdsForNumbers(sides.get(0))) {
        Identity numbers = normalize(identity, sides, true);
        if (numbers.left() instanceof Apply) { // else the algebra knows it
          identities.add(numbers);
        }
      }
    }
    if (identities.isEmpty()) {
      throw new ProgramException(diagnostics.all());
    }
    Diagnostic flaw = flaw(identity, identities);
    if (flaw != null) {
      throw new ProgramException(List.of(flaw));
    }
    return List.copyOf(identities);
  }

  /** The sign of a sum in normal form depends on its terms: -A - B may stand where A + B would. */
  private static @Nullable Identity negated(Identity identity) {
    if (!(identity.left() instanceof Apply sum) || sum.operator() != Primitive.SUM) {
      return null;
    }
    Expressions session = new Expressions();
    Algebra algebra = new Algebra(session, Identities.NONE);
    Instantiation instantiation = new Instantiation(algebra);
    List<Identity.Condition> conditions = new ArrayList<>();
    for (Variable hole : Graph.variables(List.of(sum))) {
      Variable copy = session.variable(hole.name(), hole.shape(), hole.rank(), hole.properties());
      instantiation.bind(hole, copy);
      for (Identity.Condition condition : identity.conditions()) {
        if (condition.hole() == hole) {
          conditions.add(new Identity.Condition(copy, condition.property()));
        }
      }
    }
    List<Expr> terms = new ArrayList<>();
    for (Expr term : sum.arguments()) {
      terms.add(algebra.negated(instantiation.build(term)));
    }
    return new Identity(
        identity.name(),
        session.apply(Primitive.SUM, terms),
        algebra.negated(instantiation.build(identity.right())),
        conditions);
  }

  /** Says why one of {@code identities} cannot be a rewriting, or returns null. */
  private static @Nullable Diagnostic flaw(Statement.Identity line, List<Identity> identities) {
    for (Identity identity : identities) {
      if (!(identity.left() instanceof Apply)) {
        return Diagnostic.error(
            line.span(),
            "the left side is already as simple as it can be",
            "an identity goes from what is long to what is short: "
                + line.name().name()
                + " : left -> right");
      }
      if (Cost.of(identity.right()) >= Cost.of(identity.left())) {
        return Diagnostic.error(
            line.span(),
            "the right side is no simpler than the left",
            "a function costs more than a sum or a product, and the more the more arguments it"
                + " takes; without that rewriting would not end");
      }
    }
    return null;
  }

  /**
   * Tells whether the left side has an elementwise product, which is an ordinary product between
   * numbers.
   */
  private static boolean holdsForNumbers(Expr left) {
    boolean hadamard = false;
    for (Expr node : Graph.postOrder(left)) {
      hadamard |= node instanceof Apply apply && apply.operator() == Primitive.HADAMARD;
      if (node instanceof Variable hole && hole.shape().columns().isOne()) {
        return false;
      }
    }
    return hadamard;
  }

  private static Identity normalize(
      Statement.Identity identity, List<Expr> sides, boolean numbers) {
    Expressions session = new Expressions();
    Algebra algebra = new Algebra(session, Identities.NONE);
    Instantiation instantiation = new Instantiation(algebra);
    Map<String, Variable> holes = new HashMap<>();
    for (Variable hole : Graph.variables(sides)) {
      Shape shape = numbers ? Shape.matrix(Polynomial.ONE, Polynomial.ONE) : hole.shape();
      Variable copy = session.variable(hole.name(), shape, hole.rank(), hole.properties());
      holes.put(hole.name(), copy);
      instantiation.bind(hole, copy);
    }
    List<Identity.Condition> conditions = new ArrayList<>();
    for (Ast.Call condition : identity.conditions()) {
      Property property = property(condition.name());
      Variable hole =
          condition.arguments().size() == 1
                  && condition.arguments().getFirst() instanceof Ast.Name name
              ? holes.get(name.name())
              : null;
      if (property == null || hole == null) {
        throw new ProgramException(
            List.of(
                Diagnostic.error(
                    condition.span(),
                    "a condition is a property of a name on the left side",
                    "write, for example, if symmetric(A)")));
      }
      conditions.add(new Identity.Condition(hole, property));
    }
    return new Identity(
        identity.name().name(),
        instantiation.build(sides.get(0)),
        instantiation.build(sides.get(1)),
        conditions);
  }

  private static @Nullable Property property(String word) {
    for (Property property : Property.values()) {
      if (property.word().equals(word)) {
        return property;
      }
    }
    return null;
  }
}
