package gradsmith.language;

import gradsmith.source.Diagnostic;
import gradsmith.source.Span;
import org.jspecify.annotations.Nullable;

/** Says of a character that is none of the language how it, or what it begins, is written here. */
final class UnknownCharacters {

  private UnknownCharacters() {}

  /** Describes the character {@code span}; {@code afterOperand} if it touches the end of one. */
  static Diagnostic unknown(Span span, boolean afterOperand) {
    int point = span.source().text().codePointAt(span.start());
    if (point == '[') {
      return Diagnostic.error(
          span,
          afterOperand
              ? "entries are no part of the language"
              : "blocks are no part of the language",
          afterOperand ? OtherTools.ENTRIES : OtherTools.BLOCKS);
    }
    String shown =
        isInvisible(point) || isCombining(point)
            ? "the character U+%04X".formatted(point)
            : "`" + span.text() + "`";
    int letter = isCombining(point) && span.start() > 0 ? 1 : 0;
    return Diagnostic.error(
        new Span(span.source(), span.start() - letter, span.end()),
        shown + " means nothing here",
        hint(span, point, afterOperand));
  }

  private static @Nullable String hint(Span span, int point, boolean afterOperand) {
    if (point == 0) {
      return "this looks like a binary file; a program is text";
    }
    if (isCombining(point)) {
      return "this accent is a character of its own; write the letter and it as one (Unicode's"
          + " NFC)";
    }
    if (isInvisible(point)) {
      return "it is invisible; delete it, or type a space instead";
    }
    return OtherTools.notation(span.source().text(), span.start(), afterOperand);
  }

  private static boolean isInvisible(int point) {
    return Character.isISOControl(point)
        || Character.isSpaceChar(point)
        || Character.getType(point) == Character.FORMAT;
  }

  private static boolean isCombining(int point) {
    return Character.getType(point) == Character.NON_SPACING_MARK;
  }
}
