package gradsmith.cli;

import gradsmith.render.Notation;
import gradsmith.render.Page;
import gradsmith.render.Page.Row;
import gradsmith.source.Diagnostic;
import gradsmith.source.DiagnosticRenderer;
import gradsmith.verify.Verdict;
import gradsmith.verify.Verdict.Expected;
import gradsmith.verify.Verdict.Outcome;
import java.util.List;

/** Verdicts as text: each with what was claimed, why it is right or wrong, and what is right. */
final class VerdictPage {

  private static final int INDENT = 4;

  private final Notation notation;
  private final Terminal terminal;

  VerdictPage(OutputFormat format, Terminal terminal) {
    notation = format.notation();
    this.terminal = terminal;
  }

  String render(List<Verdict> verdicts) {
    StringBuilder text = new StringBuilder();
    for (Verdict verdict : verdicts) {
      text.append(text.isEmpty() ? "" : "\n").append(render(verdict));
    }
    return text.toString();
  }

  private String render(Verdict verdict) {
    Page page = new Page(notation, terminal.width(), terminal.outputColor());
    page.section(
        title(verdict.outcome()), List.of(Row.sentence(verdict.claim().replaceAll("\\s+", " "))));
    StringBuilder text = new StringBuilder(page.text());
    DiagnosticRenderer diagnostics =
        new DiagnosticRenderer(terminal.width() - INDENT, terminal.outputColor());
    for (Diagnostic diagnostic : verdict.diagnostics()) {
      text.append(notation.text(diagnostics.render(diagnostic)).indent(INDENT));
    }
    page = new Page(notation, terminal.width(), terminal.outputColor());
    boolean right = verdict.outcome() == Outcome.RIGHT;
    boolean conditional = verdict.outcome() == Outcome.CONDITIONAL;
    section(page, conditional ? "right if" : "assuming", verdict.assumptions());
    section(page, right ? "because" : "cause", verdict.evidence());
    if (verdict.corrected() != null) {
      section(page, "right is", List.of(verdict.corrected()));
    }
    if (!right) {
      Expected expected = verdict.expected();
      page.section(
          "gradsmith",
          List.of(
              new Row(
                  expected.derivative() == null
                      ? expected.value().name()
                      : notation.name(expected.derivative()),
                  notation.printer().print(expected.formula()),
                  notation.shape(expected.axes()))));
    }
    return text + page.text();
  }

  private static String title(Outcome outcome) {
    return switch (outcome) {
      case RIGHT -> "right";
      case CONDITIONAL -> "not always";
      case WRONG -> "wrong";
      case UNDECIDED -> "undecided";
    };
  }

  private static void section(Page page, String title, List<String> sentences) {
    page.section(title, sentences.stream().map(Row::sentence).toList());
  }
}
