package gradsmith.cli;

/** What the process tells its caller. */
final class ExitStatus {

  static final int DONE = 0;
  static final int WRONG_PROGRAM = 1;
  static final int WRONG_COMMAND_LINE = 2;
  static final int CHECK_FAILED = 3;
  static final int BUG = 70;
  static final int NOT_WRITTEN = 74;

  private ExitStatus() {}
}
