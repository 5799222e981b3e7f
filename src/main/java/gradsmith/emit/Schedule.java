package gradsmith.emit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Puts statements into an order in which large arrays live short, as memory that comes and goes
 * costs more than adding two arrays: what lets go of as much as it makes is done as soon as its
 * parts are there. All else stays in its order. Takes time linear in the statements and what they
 * read, but for the queue.
 */
final class Schedule {

  private final List<Statement> statements;
  private final Set<String> results;
  private final double[] sizes;

  /** For each statement those that it reads. */
  private final List<List<Integer>> parts = new ArrayList<>();

  /** For each statement those that read it. */
  private final List<List<Integer>> readers = new ArrayList<>();

  /** How many of the parts of each statement are not done. */
  private final int[] missing;

  /** How many of the readers of each statement are not done, and the sum of their places. */
  private final int[] waiting;

  private final long[] waitingPlaces;

  /** How much more memory is in use after each statement, if it came next. */
  private final double[] growth;

  private final boolean[] isDone;
  private final PriorityQueue<Integer> ready = new PriorityQueue<>();
  private final PriorityQueue<Integer> eager = new PriorityQueue<>();

  private Schedule(List<Statement> statements, Set<String> results) {
    this.statements = statements;
    this.results = results;
    int count = statements.size();
    sizes = new double[count];
    missing = new int[count];
    waiting = new int[count];
    waitingPlaces = new long[count];
    growth = new double[count];
    isDone = new boolean[count];
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < count; i++) {
      Statement statement = statements.get(i);
      sizes[i] = statement.isLarge() ? statement.size() : 0;
      readers.add(new ArrayList<>());
      List<Integer> read = new ArrayList<>();
      for (String word : statement.words()) {
        Integer place = places.get(word);
        if (place != null && !read.contains(place)) {
          read.add(place);
          readers.get(place).add(i);
          waiting[place]++;
          waitingPlaces[place] += i;
        }
      }
      parts.add(read);
      missing[i] = read.size();
      for (String name : statement.names()) {
        places.put(name, i);
      }
    }
  }

  /** Returns {@code statements} in their new order; {@code results} are used in the end. */
  static List<Statement> of(List<Statement> statements, Set<String> results) {
    return new Schedule(statements, results).ordered();
  }

  private List<Statement> ordered() {
    for (int i = 0; i < statements.size(); i++) {
      growth[i] += sizes[i];
      if (waiting[i] == 1) {
        isReadOnceMore(i);
      }
    }
    for (int i = 0; i < statements.size(); i++) {
      if (missing[i] == 0) {
        enqueue(i);
      }
    }
    List<Statement> order = new ArrayList<>();
    while (order.size() < statements.size()) {
      int next = eager.isEmpty() ? ready.remove() : eager.remove();
      if (!isDone[next]) {
        isDone[next] = true;
        order.add(statements.get(next));
        finish(next);
      }
    }
    return order;
  }

  private void finish(int done) {
    for (int part : parts.get(done)) {
      waiting[part]--;
      waitingPlaces[part] -= done;
      if (waiting[part] == 1) {
        isReadOnceMore(part);
      }
    }
    for (int reader : readers.get(done)) {
      missing[reader]--;
      if (missing[reader] == 0) {
        enqueue(reader);
      }
    }
  }

  /** The only reader of {@code part} that is not done lets go of it, unless it is returned. */
  private void isReadOnceMore(int part) {
    int last = (int) waitingPlaces[part];
    if (!results.contains(statements.get(part).name())) {
      growth[last] -= sizes[part];
      if (missing[last] == 0) {
        enqueue(last);
      }
    }
  }

  /** A statement may be in both queues, as it becomes eager late. */
  private void enqueue(int statement) {
    boolean reads = parts.get(statement).stream().anyMatch(part -> sizes[part] > 0);
    if (growth[statement] <= 0 && reads) {
      eager.add(statement);
    } else {
      ready.add(statement);
    }
  }
}
