package gradsmith;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gradsmith.source.Source;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** No collection that the library gives out can be changed, however deep it lies in a result. */
class ImmutabilityTest {

  @Test
  void whatIsGivenOutCannotBeChanged() {
    Gradsmith gradsmith = new Gradsmith();
    Source program = new Source("", "S : (n, n) symmetric\nL = CE(tanh(X S), Y)");
    Options options = Options.DEFAULT.by("S", "X").hessian("X").products("X");
    Result result = gradsmith.derive(program, options);
    Set<Object> met = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Object> open =
        new ArrayDeque<>(
            List.of(
                result,
                result.derivation(),
                options,
                gradsmith.steps(program, Options.DEFAULT),
                gradsmith.verify(program, List.of(new Source("", "dL/dX = X")), Options.DEFAULT),
                gradsmith.laws().family("rows"),
                gradsmith.identities(),
                gradsmith.functionNames(),
                result.evaluate(
                    Map.of(
                        "S", new double[][] {{1}},
                        "X", new double[][] {{2}},
                        "Y", new double[][] {{1}},
                        "v_X", new double[][] {{1}}))));
    while (!open.isEmpty()) {
      Object next = open.pop();
      if (!met.add(next)) {
        continue;
      }
      if (next instanceof Collection<?> collection) {
        assertThrows(UnsupportedOperationException.class, collection::clear, collection::toString);
        open.addAll(collection);
      } else if (next instanceof Map<?, ?> map) {
        assertThrows(UnsupportedOperationException.class, map::clear, map::toString);
        open.addAll(map.values());
      } else if (next.getClass().getName().startsWith("gradsmith.") && !(next instanceof Enum)) {
        components(next, open);
      }
    }
    assertTrue(met.size() > 300, () -> "only " + met.size());
  }

  /** A record shows what it is made of; other classes have methods for it. */
  private static void components(Object owner, Deque<Object> open) {
    List<Method> methods =
        owner instanceof Record
            ? Arrays.stream(owner.getClass().getRecordComponents())
                .map(RecordComponent::getAccessor)
                .toList()
            : Arrays.stream(owner.getClass().getMethods())
                .filter(method -> method.getParameterCount() == 0)
                .filter(method -> Collection.class.isAssignableFrom(method.getReturnType()))
                .toList();
    for (Method method : methods) {
      try {
        Object value = method.invoke(owner);
        if (value != null) {
          open.push(value);
        }
      } catch (IllegalAccessException e) {
        // A record that is not public is not given out.
      } catch (InvocationTargetException e) {
        throw new AssertionError(e);
      }
    }
  }
}
