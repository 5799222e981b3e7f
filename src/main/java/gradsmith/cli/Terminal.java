package gradsmith.cli;

/**
 * Where the output goes. The launcher says which streams are terminals and how wide they are; a
 * pipe has no colours and lines for 80 columns.
 *
 * @param input whether standard input is one
 * @param outputColor whether standard output may be coloured
 * @param errorColor whether standard error may be
 * @param width columns
 */
record Terminal(boolean input, boolean outputColor, boolean errorColor, int width) {

  private static final int WIDTH = 80;
  private static final int LEAST_WIDTH = 40;

  /** Looks at the properties and the environment of the process. */
  static Terminal ofProcess() {
    String none = System.getenv("NO_COLOR");
    boolean color = (none == null || none.isEmpty()) && !"dumb".equals(System.getenv("TERM"));
    return new Terminal(
        Boolean.getBoolean("gradsmith.terminal.in"),
        color && Boolean.getBoolean("gradsmith.terminal.out"),
        color && Boolean.getBoolean("gradsmith.terminal.err"),
        width(System.getenv("COLUMNS")));
  }

  private static int width(@org.jspecify.annotations.Nullable String columns) {
    if (columns == null || !columns.matches("[0-9]{1,4}")) {
      return WIDTH;
    }
    return Math.max(Integer.parseInt(columns), LEAST_WIDTH);
  }
}
