package gradsmith.render;

import gradsmith.derive.Step;
import gradsmith.derive.Steps;
import gradsmith.expr.Binding;
import gradsmith.expr.Graph;
import gradsmith.expr.Variable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Draws the lines of a program as a graph in SVG: a box for each name, in layers from the inputs
 * down to the value, an arrow for each use, and on it what comes back along it.
 */
final class GraphDrawing {

  /** A graph of more boxes than this nobody reads. */
  private static final int MOST_BOXES = 60;

  private static final int WIDTH = 190;
  private static final int HEIGHT = 110;
  private static final int BOX_WIDTH = 118;
  private static final int BOX_HEIGHT = 46;
  private static final int LABEL = 26;
  private static final int MARGIN = 60;

  private record Place(double x, double y) {}

  private final Steps steps;
  private final FormulaPrinter printer = FormulaPrinter.unicode();
  private final Map<String, Variable> boxes = new LinkedHashMap<>();
  private final Map<String, List<String>> inputs = new HashMap<>();
  private final Map<String, String> formulas = new HashMap<>();
  private final Map<String, Integer> layers = new HashMap<>();
  private final Map<String, Place> places = new HashMap<>();
  private int columns = 1;

  private GraphDrawing(Steps steps) {
    this.steps = steps;
    for (Binding line : steps.lines()) {
      List<String> used = new ArrayList<>();
      for (Variable variable : Graph.variables(List.of(line.value()))) {
        boxes.putIfAbsent(variable.name(), variable);
        used.add(variable.name());
      }
      boxes.put(line.variable().name(), line.variable());
      inputs.put(line.variable().name(), used);
      formulas.put(line.variable().name(), printer.print(line.value()));
    }
  }

  /** Returns the drawing, or nothing if the program is too large to be drawn. */
  static String of(Steps steps) {
    GraphDrawing drawing = new GraphDrawing(steps);
    if (drawing.boxes.size() > MOST_BOXES) {
      return "";
    }
    drawing.layer();
    drawing.place();
    return drawing.draw();
  }

  /** A line is below all that it uses; an input is just above its first use. */
  private void layer() {
    for (Binding line : steps.lines()) {
      int layer = 1;
      for (String input : inputs.getOrDefault(line.variable().name(), List.of())) {
        layer = Math.max(layer, layers.getOrDefault(input, 0) + 1);
      }
      layers.put(line.variable().name(), layer);
    }
    inputs.forEach((line, used) -> {
      for (String input : used) {
        if (!inputs.containsKey(input)) {
          layers.merge(input, layers.getOrDefault(line, 1) - 1, Math::min);
        }
      }
    });
  }

  private void place() {
    Map<Integer, List<String>> rows = new LinkedHashMap<>();
    boxes
        .keySet()
        .forEach(name ->
            rows.computeIfAbsent(layers.getOrDefault(name, 0), unused -> new ArrayList<>())
                .add(name));
    rows.values().forEach(row -> columns = Math.max(columns, row.size()));
    rows.keySet().stream()
        .sorted()
        .forEach(layer -> {
          List<String> row = rows.getOrDefault(layer, List.of());
          row.sort(Comparator.comparingDouble(this::centre));
          for (int i = 0; i < row.size(); i++) {
            double x = (columns - row.size()) / 2.0 + i + 0.5;
            places.put(row.get(i), new Place(x * WIDTH, layer * HEIGHT + BOX_HEIGHT));
          }
        });
  }

  /** Where the inputs of a box are on average, so that arrows cross little. */
  private double centre(String name) {
    return inputs.getOrDefault(name, List.of()).stream()
        .filter(places::containsKey)
        .mapToDouble(input -> place(input).x)
        .average()
        .orElse(columns * WIDTH / 2.0);
  }

  private Place place(String name) {
    return places.getOrDefault(name, new Place(0, 0));
  }

  private String draw() {
    int height = 0;
    for (Place place : places.values()) {
      height = Math.max(height, (int) place.y + BOX_HEIGHT + 20);
    }
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg class=\"graph\" role=\"img\" aria-label=\"computation graph\" viewBox=\"%d 0 %d %d\""
                .formatted(-MARGIN, columns * WIDTH + 2 * MARGIN, height)
            + " style=\"width:%dpx\">\n".formatted(columns * WIDTH + 2 * MARGIN));
    svg.append(
        "<defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"7\""
            + " markerHeight=\"7\" orient=\"auto\"><path d=\"M0 0L8 4L0 8z\"/></marker></defs>\n");
    Map<String, String> back = back();
    inputs.forEach((line, used) -> used.forEach(input -> edge(input, line, svg)));
    inputs.forEach((line, used) ->
        used.forEach(input -> label(input, line, back.get(input + ">" + line), svg)));
    boxes.forEach((name, variable) -> box(name, variable, svg));
    return svg.append("</svg>\n").toString();
  }

  /** What comes back along each arrow. */
  private Map<String, String> back() {
    Map<String, String> back = new HashMap<>();
    for (Step step : steps.steps()) {
      if (step.line() != null && steps.reverse()) {
        for (Step.Result result : step.results()) {
          back.merge(
              result.of().name() + ">" + step.line().variable().name(),
              printer.print(result.binding().value()),
              (one, other) -> one + " + " + other);
        }
      }
    }
    return back;
  }

  /** An arrow past other boxes goes around them. */
  private double bow(String from, String to) {
    boolean far = layers.getOrDefault(to, 0) - layers.getOrDefault(from, 0) > 1;
    double side = place(from).x + place(to).x <= columns * WIDTH ? -1 : 1;
    return far ? side * BOX_WIDTH : 0;
  }

  private void edge(String from, String to, StringBuilder svg) {
    Place start = place(from);
    Place end = place(to);
    double y = start.y + BOX_HEIGHT / 2.0;
    double below = end.y - BOX_HEIGHT / 2.0;
    double middle = (y + below) / 2;
    double bow = bow(from, to);
    svg.append("<path class=\"edge\" d=\"M%.0f %.0f".formatted(start.x, y));
    svg.append("C%.0f %.0f ".formatted(start.x + bow, middle));
    svg.append("%.0f %.0f ".formatted(end.x + bow, middle));
    svg.append("%.0f %.0f\" marker-end=\"url(#tip)\"/>\n".formatted(end.x, below));
  }

  private static void text(
      String type, double x, double y, String text, String title, StringBuilder svg) {
    svg.append("<text class=\"%s\" x=\"%.0f\" y=\"%.0f\">".formatted(type, x, y));
    svg.append("<title>").append(MathMl.escaped(title)).append("</title>");
    svg.append(MathMl.escaped(text)).append("</text>\n");
  }

  private void label(
      String from,
      String to,
      @org.jspecify.annotations.Nullable String formula,
      StringBuilder svg) {
    if (formula != null) {
      Place start = place(from);
      Place end = place(to);
      text(
          "back",
          (start.x + end.x) / 2 + 0.75 * bow(from, to),
          (start.y + end.y) / 2 + 4,
          formula.length() > LABEL ? formula.substring(0, LABEL - 1) + "…" : formula,
          "what comes back from " + to + " to " + from + ": " + formula,
          svg);
    }
  }

  private void box(String name, Variable variable, StringBuilder svg) {
    Place place = place(name);
    boolean line = inputs.containsKey(name);
    svg.append(
        "<rect class=\"%s\" x=\"%.0f\" y=\"%.0f\" width=\"%d\" height=\"%d\" rx=\"8\"/>\n"
            .formatted(
                line ? "line" : "input",
                place.x - BOX_WIDTH / 2.0,
                place.y - BOX_HEIGHT / 2.0,
                BOX_WIDTH,
                BOX_HEIGHT));
    String formula = formulas.getOrDefault(name, name);
    String shown = line ? name + " = " + formula : name;
    text(
        "name",
        place.x,
        place.y - 3,
        shown.length() > 17 ? shown.substring(0, 16) + "…" : shown,
        shown,
        svg);
    String shape = Notation.UNICODE.shape(variable);
    text("shape", place.x, place.y + 15, shape, name + " is " + shape, svg);
  }
}
