package gradsmith.emit;

import gradsmith.emit.Code.Operand;
import gradsmith.emit.Code.Operation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Has large arrays that are computed entry by entry written over arrays that are used no more, and
 * over what was computed on the way. An array is overwritten only if it is known to be the
 * program's own, with nothing that shares its memory, and to have floating-point entries whatever
 * the arguments have: else the result would be rounded to integers.
 */
final class Overwriting {

  /** One operation after another on {@code start}, whose result is as large as each. */
  private record Chain(Operand start, List<Step> steps) {}

  /** An operation with {@code other} on the right side, or either if it commutes. */
  private record Step(String key, Operand other) {}

  private final Target target;
  private final Set<String> results;
  private final Map<String, Integer> lastReads = new HashMap<>();

  /** The arrays that the program has made, and may write over when they are used no more. */
  private final Set<String> own = new HashSet<>();

  private final Set<String> floating = new HashSet<>();

  private Overwriting(Target target, List<Statement> statements, Set<String> results) {
    this.target = target;
    this.results = results;
    for (int i = 0; i < statements.size(); i++) {
      for (String word : statements.get(i).words()) {
        lastReads.put(word, i);
      }
    }
  }

  /** Tells whether what {@code code} computes on the way is worth a statement of its own. */
  static boolean pays(Code code, Target target) {
    Chain chain = chain(code, target);
    return chain != null && isSplit(chain);
  }

  /** Returns {@code statements}, some writing over others; {@code results} are used in the end. */
  static List<Statement> of(List<Statement> statements, Set<String> results, Target target)
      throws NotEmittableException {
    Overwriting overwriting = new Overwriting(target, statements, results);
    List<Statement> all = new ArrayList<>();
    for (int i = 0; i < statements.size(); i++) {
      all.add(overwriting.overwriting(statements.get(i), i));
      overwriting.made(statements.get(i));
    }
    return all;
  }

  private void made(Statement statement) {
    Code code = statement.code();
    if (isFloating(code)) {
      floating.addAll(statement.names());
    }
    if (code.operation() != null || target.isFresh(code.text())) {
      own.add(statement.name());
    } else {
      own.removeAll(statement.words()); // what it makes may be a view of them
    }
  }

  private boolean isFloating(Code code) {
    return target.isFloating(code.text())
        || target.words(code.text()).stream().anyMatch(floating::contains);
  }

  private Statement overwriting(Statement statement, int place) throws NotEmittableException {
    Chain chain = statement.isLarge() ? chain(statement.code(), target) : null;
    if (chain == null) {
      return statement;
    }
    Step first = chain.steps.getFirst();
    Code start = chain.start.code();
    Code other = first.other.code();
    String over = overwritten(chain, place);
    boolean floats = isFloating(start) || isFloating(other);
    if (over == null && !(floats && isSplit(chain))) {
      return statement;
    }
    Code code =
        over == null
            ? target.spell(first.key, start, other)
            : target.spell("over_" + first.key, start, other, Code.atom(over));
    List<String> updates = new ArrayList<>();
    for (Step step : chain.steps.subList(1, chain.steps.size())) {
      Code name = Code.atom(statement.name());
      updates.add(target.spell("update_" + step.key, name, step.other.code()).text());
    }
    return statement.overwriting(code, over, updates);
  }

  /** Returns the array that the first operation can write over, or null. */
  private @Nullable String overwritten(Chain chain, int place) {
    Set<String> later = new HashSet<>();
    for (Step step : chain.steps.subList(1, chain.steps.size())) {
      later.addAll(target.words(step.other.code().text()));
    }
    for (Operand operand : List.of(chain.start, chain.steps.getFirst().other)) {
      String name = operand.code().text();
      if (operand.whole()
          && own.contains(name)
          && floating.contains(name)
          && lastReads.getOrDefault(name, 0) == place
          && !results.contains(name)
          && !later.contains(name)) {
        return name;
      }
    }
    return null;
  }

  private static @Nullable Chain chain(Code code, Target target) {
    Deque<Step> steps = new ArrayDeque<>();
    Operand start = new Operand(code, true);
    Operand next = start;
    while (next.whole()) {
      start = next;
      Operation operation = start.code().operation();
      if (operation == null || !target.has("over_" + operation.key())) {
        break;
      }
      boolean commutes = operation.key().equals("add") || operation.key().equals("times");
      boolean turned = commutes && !operation.left().whole();
      next = turned ? operation.right() : operation.left();
      steps.addFirst(new Step(operation.key(), turned ? operation.left() : operation.right()));
    }
    if (!next.whole()) {
      steps.removeFirst();
    }
    return steps.isEmpty() ? null : new Chain(start, List.copyOf(steps));
  }

  /** NumPy itself writes over what nobody else has, unless the other operand is smaller. */
  private static boolean isSplit(Chain chain) {
    return chain.steps.stream()
        .skip(1)
        .anyMatch(step -> !step.other.whole() && !step.other.code().isNumber());
  }
}
