package gradsmith.render;

import gradsmith.source.Greek;
import java.util.List;

/** MathML Core, as browsers draw it. */
final class MathMl implements Markup {

  @Override
  public String identifier(String name) {
    String greek = Greek.letter(name);
    return "<mi>" + escaped(greek == null ? name : greek) + "</mi>";
  }

  @Override
  public String symbol(String name, String typeset) {
    return "<mrow class=\"symbol\" data-name=\"" + escaped(name) + "\">" + typeset + "</mrow>";
  }

  @Override
  public String word(String name) {
    return "<mi mathvariant=\"normal\">" + escaped(name) + "</mi>";
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  @Override
  public String number(String digits) {
    return "<mn>" + digits + "</mn>";
  }

  @Override
  public String operator(String sign) {
    return "<mo>" + escaped(sign) + "</mo>";
  }

  @Override
  public String prefix(String sign) {
    return "<mo form=\"prefix\">" + escaped(sign) + "</mo>";
  }

  @Override
  public String row(List<String> parts) {
    return "<mrow>" + String.join("", parts) + "</mrow>";
  }

  @Override
  public String product(List<String> parts) {
    return "<mrow>" + String.join("<mspace width=\"0.17em\"></mspace>", parts) + "</mrow>";
  }

  @Override
  public String list(List<String> parts) {
    return "<mrow>" + String.join("<mo separator=\"true\">,</mo>", parts) + "</mrow>";
  }

  @Override
  public String fraction(String above, String below) {
    return "<mfrac>" + above + below + "</mfrac>";
  }

  @Override
  public String root(String operand) {
    return "<msqrt>" + operand + "</msqrt>";
  }

  @Override
  public String superscript(String base, String exponent) {
    return "<msup><mrow>" + base + "</mrow><mrow>" + exponent + "</mrow></msup>";
  }

  @Override
  public String subscript(String base, String index) {
    return "<msub><mrow>" + base + "</mrow><mrow>" + index + "</mrow></msub>";
  }

  /** A bracket that may stretch has gaps beside it in some fonts: only a fraction needs one. */
  @Override
  public String fence(String open, String inner, String close) {
    String stretchy = inner.contains("<mfrac>") ? "" : " stretchy=\"false\"";
    return "<mrow><mo fence=\"true\" form=\"prefix\" lspace=\"0\" rspace=\"0\""
        + stretchy
        + ">"
        + open
        + "</mo>"
        + inner
        + "<mo fence=\"true\" form=\"postfix\" lspace=\"0\" rspace=\"0\""
        + stretchy
        + ">"
        + close
        + "</mo></mrow>";
  }
}
