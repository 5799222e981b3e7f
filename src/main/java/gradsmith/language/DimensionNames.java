package gradsmith.language;

import java.util.List;

/** The names that dimensions get when nobody named them. */
final class DimensionNames {

  static final List<String> LETTERS =
      List.of("n", "d", "k", "m", "p", "q", "r", "s", "t", "u", "h", "l", "w", "v", "c", "g");

  private DimensionNames() {}
}
