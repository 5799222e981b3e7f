package gradsmith.emit;

import gradsmith.emit.Code.Level;
import gradsmith.expr.FunctionSymbol;
import gradsmith.rules.FunctionRules;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A language that code is emitted in: how it spells each operation. It is read from a file of lines
 * {@code key level template}; in a template {@code {0}} is the first operand, {@code {0:product}}
 * with brackets unless it binds at least as tightly as a product; {@code {like}} is an argument
 * that says what kind of entries results have, and {@code \\n} ends a line. A function of the
 * library has the key {@code name/arity}; a key that ends in {@code _stack} is for stacks of
 * matrices, in {@code _number} for numbers, in {@code _constant} for what no input is in. Lines
 * between {@code define NAME} and {@code end define} are code that is added where NAME is used, and
 * {@code import NAME} is followed by what makes NAME known. {@code saves NAME/ARITY x y} says that
 * the word NAME_saving gives x and y after the value, and that the word NAME_adjoint gives the
 * cotangents of the arguments for that of the value, the arguments, x and y. What begins with a
 * word after {@code fresh} shares no memory, and what has one after {@code floating} in it has
 * floating-point entries. A file may begin {@code like} another one, with other words for some, and
 * {@code without} some.
 */
public final class Target {

  /** The targets, by the names that users type. */
  public static final List<String> NAMES =
      List.of("numpy", "torch", "jax", "julia", "octave", "java");

  private static final Pattern OPERAND = Pattern.compile("\\{(\\d)(?::([a-z]+))?}");
  private static final Pattern CALL = Pattern.compile("(?<![.\\w])([A-Za-z_]\\w*)\\(");
  private static final Pattern WORD =
      Pattern.compile("(?<![.\\p{L}\\p{N}_])[\\p{L}_][\\p{L}\\p{N}_]*");

  private record Template(Level level, String text) {}

  private final String name;
  private final Map<String, Template> templates = new LinkedHashMap<>();
  private final Map<String, String> definitions = new LinkedHashMap<>();
  private final Map<String, String> imports = new LinkedHashMap<>();
  private final Map<String, List<String>> saves = new LinkedHashMap<>();
  private final Map<FunctionSymbol, JointWord> jointWords = new HashMap<>();
  private final List<String> fresh = new ArrayList<>();
  private final List<String> floating = new ArrayList<>();
  private final Set<String> reserved = new HashSet<>();
  private String preamble = "";
  private String postamble = "";

  private Target(String name) {
    this.name = name;
  }

  /**
   * Reads the target called {@code name}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Target named(String name) {
    if (!NAMES.contains(name)) {
      throw new IllegalArgumentException("no target is called " + name);
    }
    Target target = new Target(name);
    target.read(resource(name));
    return target;
  }

  /** A target may begin with what another one says. */
  private void read(String text) {
    String[] lines = text.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      String line = lines[i];
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String[] words = line.split(" ", 3);
      switch (words[0]) {
        case "like" -> {
          String[] other = line.split(" ", -1);
          String like = resource(other[1]);
          read(other.length < 4 ? like : like.replace(other[2], other[3]));
        }
        case "without" -> rest(line).forEach(templates::remove);
        case "saves" -> {
          List<String> saved = rest(line);
          saves.put(saved.getFirst(), saved.subList(1, saved.size()));
        }
        case "fresh" -> fresh.addAll(rest(line));
        case "floating" -> floating.addAll(rest(line));
        case "import" -> imports.put(words[1], words[2]);
        case "reserved" -> reserved.addAll(rest(line));
        case "define", "preamble", "postamble" -> {
          StringBuilder code = new StringBuilder();
          for (i++; !lines[i].equals("end " + words[0]); i++) {
            code.append(lines[i]).append('\n');
          }
          switch (words[0]) {
            case "preamble" -> preamble = code.toString();
            case "postamble" -> postamble = code.toString();
            default -> definitions.put(words[1], code.toString());
          }
        }
        default -> {
          String template = words.length < 3 ? "" : words[2].replace("\\n", "\n");
          templates.put(words[0], new Template(level(words[1]), template));
          CALL.matcher(template).results().forEach(call -> reserved.add(call.group(1)));
        }
      }
    }
  }

  /** Returns the words of {@code line} after the first. */
  private static List<String> rest(String line) {
    List<String> words = List.of(line.split(" ", -1));
    return words.subList(1, words.size());
  }

  private static String resource(String name) {
    try (InputStream input = Target.class.getResourceAsStream(name + ".target")) {
      return new String(Objects.requireNonNull(input, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the name that users type. */
  public String name() {
    return name;
  }

  /** Returns what stands in every emitted file after what it imports. */
  String preamble() {
    return preamble;
  }

  /** Returns what every emitted file ends with. */
  String postamble() {
    return postamble;
  }

  /**
   * Makes the refusal of {@code what}, for which there is no {@code key}.
   *
   * @param about the name in the program that is the reason, or null if it is the value
   */
  NotEmittableException lacking(String key, String what, @Nullable String about) {
    List<String> others = NAMES.stream().filter(other -> named(other).has(key)).toList();
    String remedy = others.isEmpty() ? null : "say it in " + String.join(", ", others);
    Template title = Objects.requireNonNull(templates.get("title"));
    return new NotEmittableException(title.text + " code has no " + what, about, remedy);
  }

  boolean has(String key) {
    return templates.containsKey(key);
  }

  /** Returns the key of the word for {@code function}. */
  static String key(FunctionSymbol function) {
    return function.name() + "/" + function.arity();
  }

  /** Returns the words for functions of {@code rules} and their adjoints, in the file's order. */
  List<AdjointWord> adjointWords(FunctionRules rules) {
    List<AdjointWord> words = new ArrayList<>();
    saves.forEach((key, saved) -> {
      String[] parts = key.split("/", -1);
      FunctionSymbol function = rules.symbol(parts[0], Integer.parseInt(parts[1]));
      AdjointWord word =
          new AdjointWord(
              function, JointWord.saving(function, saved), JointWord.adjoint(function, saved));
      words.add(word);
      for (JointWord joint : List.of(word.saving(), word.adjoint())) {
        if (joint.results().size() > 1) {
          joint.results().forEach(result -> jointWords.put(result, joint));
        }
      }
    });
    return words;
  }

  /** Returns the word that gives {@code result} and other arrays, or null. */
  @Nullable JointWord jointWord(FunctionSymbol result) {
    return jointWords.get(result);
  }

  boolean isReserved(String word) {
    return reserved.contains(word) || definitions.containsKey(word) || imports.containsKey(word);
  }

  /** Fills the template of {@code key}, or of {@code key_number} if all operands are numbers. */
  Code spell(String key, Code... operands) throws NotEmittableException {
    boolean numbers = operands.length > 0 && Arrays.stream(operands).allMatch(Code::isNumber);
    Template template = numbers ? templates.get(key + "_number") : null;
    if (template == null) {
      template = templates.get(key);
    }
    if (template == null) {
      throw lacking(key, key.replaceFirst("/.*", ""), null);
    }
    StringBuilder text = new StringBuilder();
    Matcher matcher = OPERAND.matcher(template.text);
    while (matcher.find()) {
      Code operand = operands[Integer.parseInt(matcher.group(1))];
      matcher.appendReplacement(
          text, Matcher.quoteReplacement(bracketed(operand, matcher.group(2))));
    }
    matcher.appendTail(text);
    Code code = Code.of(text.toString(), template.level);
    return numbers ? code.number() : code;
  }

  /** Fills the template of {@code key} with plain words. */
  String say(String key, String... words) throws NotEmittableException {
    Code[] operands = new Code[words.length];
    for (int i = 0; i < words.length; i++) {
      operands[i] = Code.atom(words[i]);
    }
    return spell(key, operands).text();
  }

  private static String bracketed(Code operand, @Nullable String least) {
    return least == null || operand.level().compareTo(level(least)) >= 0
        ? operand.text()
        : "(" + operand.text() + ")";
  }

  private static Level level(String word) {
    return Level.valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** Returns the lines that make known what {@code code} uses, in the order of the file. */
  String imports(String code) throws NotEmittableException {
    Set<String> used = words(withoutComments(code));
    StringBuilder lines = new StringBuilder();
    imports.forEach((word, line) -> lines.append(used.contains(word) ? line + "\n" : ""));
    return lines.toString();
  }

  /** Tells whether {@code code} calls what makes an array that shares no memory. */
  boolean isFresh(String code) {
    return fresh.stream().anyMatch(code::startsWith);
  }

  /** Tells whether {@code code} has floating-point entries whatever it computes with. */
  boolean isFloating(String code) {
    return floating.stream().anyMatch(code::contains);
  }

  /** Returns the words in {@code code}, in the order in which they are met. */
  Set<String> words(String code) {
    Set<String> words = new LinkedHashSet<>();
    WORD.matcher(code).results().forEach(word -> words.add(word.group()));
    return words;
  }

  private String withoutComments(String code) throws NotEmittableException {
    return code.replaceAll(Pattern.quote(say("comment", "")) + ".*", "");
  }

  /**
   * Returns the definitions that {@code code} needs, in the order of the file: each once, with
   * those that they need themselves. Comments need none.
   */
  String definitions(String code) throws NotEmittableException {
    Set<String> needed = new HashSet<>();
    String open = withoutComments(code);
    while (!open.isEmpty()) {
      StringBuilder more = new StringBuilder();
      Matcher words = WORD.matcher(open);
      while (words.find()) {
        String definition = definitions.get(words.group());
        if (definition != null && needed.add(words.group())) {
          more.append(definition);
        }
      }
      open = more.toString();
    }
    StringBuilder text = new StringBuilder();
    definitions.forEach((word, definition) -> {
      if (needed.contains(word)) {
        text.append(definition);
      }
    });
    return text.toString();
  }
}
