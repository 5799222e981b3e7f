package gradsmith.source;

import java.util.ArrayList;
import java.util.List;

/** Collects what the stages have to say about one input, in the order in which they say it. */
public final class Diagnostics {

  private final List<Diagnostic> collected = new ArrayList<>();
  private int errors;

  /** More than this nobody reads. */
  private static final int LIMIT = 100;

  /** Adds {@code diagnostic} unless the same one is there already. */
  public void add(Diagnostic diagnostic) {
    boolean error = diagnostic.severity() == Diagnostic.Severity.ERROR;
    int alike = error ? errors : collected.size() - errors;
    if (alike < LIMIT && !collected.contains(diagnostic)) {
      collected.add(diagnostic);
      errors += error ? 1 : 0;
    }
  }

  /** Tells whether an error was added. */
  public boolean hasErrors() {
    return errors > 0;
  }

  /** Returns all that was added. */
  public List<Diagnostic> all() {
    return List.copyOf(collected);
  }

  /**
   * Does nothing unless there is an error.
   *
   * @throws ProgramException with all that was added, if one of them is an error
   */
  public void throwIfErrors() {
    if (hasErrors()) {
      throw new ProgramException(all());
    }
  }
}
