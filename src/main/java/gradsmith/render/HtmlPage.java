package gradsmith.render;

import gradsmith.language.Library;

/** The frame of a page that stands alone: its style, and what happens when a symbol is touched. */
final class HtmlPage {

  private HtmlPage() {}

  /** Returns a page with {@code body}; {@code script} is data for what symbols tell, in JSON. */
  static String of(String title, String body, String symbols) {
    return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>"
        + MathMl.escaped(title)
        + "</title>\n<style>\n"
        + Library.resource("render/page.css", "page.css").text()
        + "</style>\n</head>\n<body>\n<main>\n"
        + body
        + "</main>\n<div id=\"told\" role=\"status\" hidden></div>\n"
        + "<script type=\"application/json\" id=\"symbols\">"
        + symbols.replace("</", "<\\/")
        + "</script>\n<script>\n"
        + Library.resource("render/page.js", "page.js").text()
        + "</script>\n</body>\n</html>\n";
  }
}
