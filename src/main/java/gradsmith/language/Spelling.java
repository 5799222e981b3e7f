package gradsmith.language;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the name that was probably meant. */
public final class Spelling {

  /** What a letter costs that is left out or put in. */
  private static final int LETTER = 4;

  private static final int SWAPPED = 3;

  /** People write a letter once for twice, and words together that others part by a line. */
  private static final int DOUBLED = 2;

  private static final int OTHER_LETTER = 5;

  /** The first letter is seldom wrong. */
  private static final int OTHER_START = 2;

  private static final int SLACK = 3;

  private Spelling() {}

  /**
   * Returns the nearest of {@code candidates} to {@code word}, the first of several; null if none
   * is near.
   */
  public static @Nullable String nearest(String word, Collection<String> candidates) {
    String written = word.toLowerCase(Locale.ROOT);
    String best = null;
    // A letter is near no other letter.
    int least = word.length() == 1 ? 1 : LETTER * Math.max(1, word.length() / 3) + SLACK + 1;
    for (String candidate : candidates) {
      if (Math.abs(candidate.length() - word.length()) * DOUBLED < least) {
        int distance = distance(written, candidate.toLowerCase(Locale.ROOT));
        if (distance < least) {
          best = candidate;
          least = distance;
        }
      }
    }
    return best;
  }

  /** The distance of Damerau and Levenshtein, with costs. */
  private static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i > 0 || j > 0) {
          d[i][j] = step(a, b, i, j, d);
        }
      }
    }
    boolean sameStart = !a.isEmpty() && !b.isEmpty() && a.charAt(0) == b.charAt(0);
    return d[a.length()][b.length()] + (sameStart ? 0 : OTHER_START);
  }

  private static int step(String a, String b, int i, int j, int[][] d) {
    int least = i == 0 ? Integer.MAX_VALUE : d[i - 1][j] + alone(a, i - 1);
    if (j == 0) {
      return least;
    }
    least = Math.min(least, d[i][j - 1] + alone(b, j - 1));
    if (i == 0) {
      return least;
    }
    boolean same = a.charAt(i - 1) == b.charAt(j - 1);
    least = Math.min(least, d[i - 1][j - 1] + (same ? 0 : OTHER_LETTER));
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(least, d[i - 2][j - 2] + SWAPPED) : least;
  }

  /** Returns what the letter at {@code at} costs where the other word has none. */
  private static int alone(String word, int at) {
    char letter = word.charAt(at);
    boolean doubled = at > 0 && word.charAt(at - 1) == letter;
    return doubled || letter == '_' ? DOUBLED : LETTER;
  }
}
