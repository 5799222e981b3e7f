package gradsmith.language;

import gradsmith.expr.Fact;
import gradsmith.expr.FunctionSymbol;
import gradsmith.language.RuleLines.Head;
import gradsmith.shape.Signature;
import gradsmith.source.Diagnostics;
import gradsmith.source.ProgramException;
import gradsmith.source.Source;
import gradsmith.source.Span;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The functions that gradsmith knows, each with one entry in a file of its family. An entry is
 * parsed when it is first asked for. Immutable and thread-safe.
 */
public final class Library {

  /** The families of functions that gradsmith comes with, each a file. */
  public static final List<String> FAMILIES =
      List.of(
          "elementwise",
          "reductions",
          "linear-algebra",
          "matrix-functions",
          "rows",
          "layers",
          "losses");

  /** The lines of an entry that has not been parsed. */
  private record Block(Source source, String comment, List<Span> lines) {}

  /**
   * An entry.
   *
   * @param source the file it stands in, which is named for its family
   * @param place its first line
   * @param comment what the file says of it, possibly nothing
   * @param symbol what the graph shows for it; null if calls are replaced by the definition
   * @param signature its shapes, if they are stated
   * @param definition what it is in terms of other functions; null if it has a kernel instead
   * @param differential its differential; null if {@code symbol} is, or if it has none in the
   *     language
   * @param parameters the names of its parameters
   * @param adjoints for each parameter in which it is linear, where that is stated, the cotangent
   *     in terms of the cotangent G of the result
   * @param domain where it is differentiable, if not everywhere
   * @param facts what is true of all its values, and where that stands
   * @param roles for each parameter what the function takes it for
   */
  public record Entry(
      Source source,
      Span place,
      String comment,
      String name,
      int arity,
      @Nullable FunctionSymbol symbol,
      @Nullable Signature signature,
      Statement.@Nullable Definition definition,
      Statement.@Nullable Differential differential,
      List<String> parameters,
      Map<String, Ast> adjoints,
      Statement.@Nullable Domain domain,
      Map<Fact, Span> facts,
      List<ParameterRole> roles) {

    /** Returns the family of functions that it is of. */
    public String family() {
      return source.name();
    }
  }

  private final Map<Head, Block> blocks = new LinkedHashMap<>();
  private final Map<Head, Entry> entries = new ConcurrentHashMap<>();
  private final List<String> families = new ArrayList<>();
  private final Set<String> nodes = new HashSet<>();
  private final Set<String> names = new LinkedHashSet<>(Builtin.names());

  /** Reads the entries of {@code sources}, each named for its family. */
  public Library(List<Source> sources) {
    for (Source source : sources) {
      index(source);
    }
  }

  /** Returns the library that gradsmith comes with. */
  public static Library standard() {
    return with(List.of());
  }

  /**
   * Returns the library that gradsmith comes with, and the entries of {@code sources}.
   *
   * @throws gradsmith.source.ProgramException if a line of theirs belongs to no entry, or a
   *     function is known already
   */
  public static Library with(List<Source> sources) {
    List<Source> all = new ArrayList<>();
    for (String family : FAMILIES) {
      all.add(resource("library/" + family + ".gs", family));
    }
    all.addAll(sources);
    return new Library(all);
  }

  /** Returns a text that lies beside the classes. */
  public static Source resource(String path, String name) {
    try (InputStream stream = Library.class.getResourceAsStream("/gradsmith/" + path)) {
      if (stream == null) {
        throw new IllegalStateException("no resource " + path);
      }
      return new Source(name, new String(stream.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An entry begins with the head of another function than the lines before it, and ends so. */
  private void index(Source source) {
    StringBuilder comment = new StringBuilder();
    List<Span> lines = new ArrayList<>();
    Head head = null;
    for (Span line : RuleLines.lines(source.whole())) {
      String whole =
          source.text().substring(source.lineStart(line.start()), source.lineEnd(line.start()));
      Head next = line.text().isEmpty() ? null : RuleLines.head(line);
      boolean ends = line.text().isEmpty() && !whole.startsWith("#");
      boolean identity = RuleLines.isIdentity(line);
      if (head != null && (ends || identity || next != null && !next.equals(head))) {
        add(head, new Block(source, comment.toString(), List.copyOf(lines)));
        head = null;
        lines.clear();
        comment.setLength(0);
      }
      if (whole.startsWith("#")) {
        comment.append(comment.isEmpty() ? "" : " ").append(whole.substring(1).strip());
      } else if (ends || identity) {
        comment.setLength(0);
      } else {
        if (head == null && next == null) {
          throw RuleLines.isOfAnEntry(line)
              ? LibraryReader.wrong(
                  line,
                  "what function this is of must be said before it",
                  "an entry begins with f : elementwise, f : (n, k) -> (n, k), or f(A) = …")
              : LibraryReader.noLine(line);
        }
        head = head == null ? next : head;
        lines.add(line);
      }
    }
    if (head != null) {
      add(head, new Block(source, comment.toString(), List.copyOf(lines)));
    }
  }

  private void add(Head head, Block block) {
    Block before = blocks.get(head);
    if (before != null || Builtin.named(head.name()) != null) {
      throw LibraryReader.wrong(
          block.lines.getFirst(),
          head.name() + " is a function already",
          before == null
              ? "it is one of gradsmith's own; choose another name"
              : "the first is in "
                  + LibraryReader.place(before.lines.getFirst())
                  + "; choose another name");
    }
    blocks.put(head, block);
    names.add(head.name());
    if (isNode(block)) {
      nodes.add(head.name());
    }
    if (!families.contains(block.source.name())) {
      families.add(block.source.name());
    }
  }

  /** Returns the families of the functions, in the order of the files. */
  public List<String> families() {
    return List.copyOf(families);
  }

  /** Returns the names of all functions, the builtins among them. */
  public Set<String> names() {
    return Collections.unmodifiableSet(names);
  }

  /** Returns the numbers of arguments that {@code name} takes. */
  public List<Integer> arities(String name) {
    List<Integer> arities = new ArrayList<>();
    for (Head key : blocks.keySet()) {
      if (key.name().equals(name)) {
        arities.add(key.arity());
      }
    }
    return arities;
  }

  /**
   * Tells whether calls of {@code name} are nodes of the graph, and not replaced by a definition;
   * parses nothing.
   */
  public boolean isNode(String name) {
    return nodes.contains(name);
  }

  private static boolean isNode(Block block) {
    boolean defined = false;
    for (Span line : block.lines) {
      if (RuleLines.isDifferential(line)) {
        return true;
      }
      defined |= RuleLines.isDefinition(line);
    }
    return !defined;
  }

  /** Returns the entry of {@code name} with that many arguments, or null. */
  public @Nullable Entry entry(String name, int arity) {
    Head key = new Head(name, arity);
    Block block = blocks.get(key);
    return block == null ? null : entries.computeIfAbsent(key, unused -> parse(key, block));
  }

  /** Returns the entries of {@code source}; what cannot be read goes to {@code diagnostics}. */
  public List<Entry> entries(Source source, Diagnostics diagnostics) {
    List<Entry> all = new ArrayList<>();
    for (Map.Entry<Head, Block> block : blocks.entrySet()) {
      if (block.getValue().source.equals(source)) {
        try {
          all.add(Objects.requireNonNull(entry(block.getKey().name(), block.getKey().arity())));
        } catch (ProgramException e) {
          e.diagnostics().forEach(diagnostics::add);
        }
      }
    }
    return all;
  }

  /** Returns all entries in the order of the files. */
  public List<Entry> entries() {
    List<Entry> all = new ArrayList<>();
    for (Head key : blocks.keySet()) {
      Entry entry = entry(key.name(), key.arity());
      if (entry != null) {
        all.add(entry);
      }
    }
    return all;
  }

  private Entry parse(Head key, Block block) {
    LibraryReader reader = new LibraryReader(names, key);
    for (Span line : block.lines) {
      reader.read(line);
    }
    SignatureReader shapes = reader.signature();
    Signature signature = shapes == null ? null : shapes.signature();
    FunctionSymbol symbol = null;
    if (reader.differential() != null || reader.definition() == null) {
      if (signature == null) {
        throw LibraryReader.wrong(
            block.lines.getFirst(),
            key.name() + " has a differential, but it is not said what it takes and gives",
            "begin with "
                + key.name()
                + " : elementwise, or "
                + key.name()
                + " : (n, k) -> (n, k)");
      }
      checkNames(reader.parameters());
      symbol = new FunctionSymbol(key.name(), key.arity(), signature, reader.facts().keySet());
    } else if (!reader.facts().isEmpty()) {
      throw LibraryReader.wrong(
          reader.facts().values().iterator().next(),
          "a fact is of a function with a differential",
          "calls of " + key.name() + " are replaced by its definition");
    }
    return new Entry(
        block.source,
        block.lines.getFirst(),
        block.comment,
        key.name(),
        key.arity(),
        symbol,
        signature,
        reader.definition(),
        reader.differential(),
        named(reader.parameters(), key.arity()),
        reader.adjoints(),
        reader.domain(),
        reader.facts(),
        padded(shapes == null ? List.of() : shapes.roles(), key.arity()));
  }

  /** G is the cotangent in the entry of a function with a differential, dA the tangent of A. */
  private static void checkNames(List<Ast.Name> parameters) {
    Set<String> reserved = new HashSet<>(Set.of("G"));
    for (Ast.Name parameter : parameters) {
      reserved.add("d" + parameter.name());
    }
    for (Ast.Name parameter : parameters) {
      if (reserved.contains(parameter.name())) {
        throw LibraryReader.wrong(
            parameter.span(),
            parameter.name()
                + (parameter.name().equals("G") ? " is the cotangent" : " is a tangent")
                + " in the entry of a function with a differential",
            "give the parameter another name");
      }
    }
  }

  /** Where no line names the parameters they are A, B, C and so on. */
  private static List<String> named(List<Ast.Name> names, int length) {
    List<String> named = new ArrayList<>();
    for (Ast.Name name : names) {
      named.add(name.name());
    }
    while (named.size() < length) {
      named.add(String.valueOf((char) ('A' + named.size())));
    }
    return List.copyOf(named);
  }

  private static List<ParameterRole> padded(List<ParameterRole> roles, int length) {
    List<ParameterRole> padded = new ArrayList<>(roles);
    while (padded.size() < length) {
      padded.add(ParameterRole.PLAIN);
    }
    return List.copyOf(padded);
  }
}
