package gradsmith.cli;

import gradsmith.Evaluation;
import gradsmith.data.NdArray;
import gradsmith.expr.Variable;
import gradsmith.render.Notation;
import gradsmith.render.NumberTable;
import gradsmith.render.Page;
import gradsmith.render.Page.Row;
import java.util.List;

/** The numbers of a value and its derivatives as text. */
final class EvaluationPage {

  private static final int INDENT = 13;
  private static final int MOST_MATRICES = 4;

  private final Notation notation;
  private final Terminal terminal;

  EvaluationPage(OutputFormat format, Terminal terminal) {
    notation = format.notation();
    this.terminal = terminal;
  }

  String render(Evaluation evaluation, List<Variable> values) {
    StringBuilder text = new StringBuilder();
    for (Variable value : values) {
      text.append(text.isEmpty() ? "" : "\n");
      section(text, "value", value.name(), evaluation.values(value.name()));
    }
    for (Evaluation.Computed computed : evaluation.derivatives()) {
      text.append('\n');
      String title =
          switch (computed.derivative().kind()) {
            case GRADIENT -> "gradient";
            case JACOBIAN -> "jacobian";
            case HESSIAN -> "hessian";
            case HVP -> "product";
            case RESTRICTED -> "restricted";
            case DIFFERENTIAL -> "differential";
          };
      section(text, title, notation.name(computed.derivative()), computed.numbers());
    }
    return text.toString();
  }

  private void section(StringBuilder text, String title, String name, NdArray numbers) {
    Page page = new Page(notation, terminal.width(), terminal.outputColor());
    page.section(
        title,
        List.of(
            numbers.rank() == 0
                ? new Row(name, NumberTable.number(numbers.entry(0)), "")
                : Row.sentence(name + " (" + numbers.shape() + ")")));
    text.append(page.text());
    int[] axes = numbers.axes();
    if (numbers.rank() == 1) {
      table(text, numbers, 0, 1, axes[0]);
    } else if (numbers.rank() > 1) {
      int columns = axes[axes.length - 1];
      int rows = axes[axes.length - 2];
      int matrices = numbers.size() / (rows * columns);
      for (int i = 0; i < Math.min(matrices, MOST_MATRICES); i++) {
        text.append(i == 0 ? "" : "\n");
        table(text, numbers, i * rows * columns, rows, columns);
      }
      if (matrices > MOST_MATRICES) {
        text.append('\n').append(" ".repeat(INDENT)).append(notation.text("… and "));
        text.append(matrices - MOST_MATRICES).append(" more matrices\n");
      }
    }
  }

  private void table(StringBuilder text, NdArray numbers, int start, int rows, int columns) {
    int room = terminal.width() - INDENT;
    for (String line :
        NumberTable.lines(rows, columns, place -> numbers.entry(start + place), room)) {
      text.append(" ".repeat(INDENT)).append(line).append('\n');
    }
  }
}
