package gradsmith.language;

import org.jspecify.annotations.Nullable;

/** What a function takes an argument for, where that matters beyond its shape. */
public enum ParameterRole {
  /** Nothing special. */
  PLAIN(""),
  /** The label of a loss, which is not differentiated by unless that is asked for. */
  LABEL("label"),
  /** A label whose rows are probabilities: they are taken to sum to 1, which the answer states. */
  CLASSES("classes"),
  /** Numbers that become probabilities inside the function, so that these would be a mistake. */
  LOGITS("logits"),
  /** A whole number. */
  WHOLE("whole");

  private final String word;

  ParameterRole(String word) {
    this.word = word;
  }

  /** Tells whether it is a label of a loss. */
  public boolean isLabel() {
    return this == LABEL || this == CLASSES;
  }

  /** Returns the role that {@code word} stands for, or null. */
  static @Nullable ParameterRole of(String word) {
    for (ParameterRole role : values()) {
      if (role.word.equals(word)) {
        return role;
      }
    }
    return null;
  }
}
