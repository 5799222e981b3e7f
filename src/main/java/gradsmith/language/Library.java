package gradsmith.language;

import gradsmith.expr.FunctionSymbol;
import gradsmith.shape.Signature;
import gradsmith.source.Source;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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

  /** The name and the number of arguments of a function. */
  private record Key(String name, int arity) {}

  /** The lines of an entry that has not been parsed. */
  private record Block(
      String family, Source source, List<String> comment, List<String> lines, int firstLine) {}

  /**
   * An entry.
   *
   * @param family the file it stands in
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
   * @param labels for each parameter whether it is the label of a loss
   * @param wholes for each parameter whether it is a whole number
   */
  public record Entry(
      String family,
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
      List<Boolean> labels,
      List<Boolean> wholes) {}

  private final Map<Key, Block> blocks = new LinkedHashMap<>();
  private final Map<Key, Entry> entries = new ConcurrentHashMap<>();
  private final Set<String> names = new LinkedHashSet<>(Builtins.NAMES);

  /** Reads the entries of {@code sources}, each named for its family. */
  public Library(List<Source> sources) {
    for (Source source : sources) {
      index(source);
    }
  }

  /** Returns the library that gradsmith comes with. */
  public static Library standard() {
    List<Source> sources = new ArrayList<>();
    for (String family : FAMILIES) {
      sources.add(resource("library/" + family + ".gs", family));
    }
    return new Library(sources);
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

  private void index(Source source) {
    List<String> comment = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    String[] all = source.text().split("\n", -1);
    for (int i = 0; i <= all.length; i++) {
      String line = i < all.length ? all[i] : "";
      if (line.startsWith("#")) {
        comment.add(line.substring(1).strip());
      } else if (!line.isBlank()) {
        lines.add(line);
      } else {
        if (!lines.isEmpty()) {
          Block block =
              new Block(
                  source.name(),
                  source,
                  List.copyOf(comment),
                  List.copyOf(lines),
                  i - lines.size() + 1);
          Key key = LibraryReader.key(lines, Key::new);
          if (blocks.put(key, block) != null) {
            throw new IllegalStateException(
                source.name() + ".gs:" + block.firstLine + ": a second " + key.name);
          }
          names.add(key.name);
        }
        comment.clear();
        lines.clear();
      }
    }
  }

  /** Returns the names of all functions, the builtins among them. */
  public Set<String> names() {
    return names;
  }

  /** Returns the numbers of arguments that {@code name} takes. */
  public List<Integer> arities(String name) {
    List<Integer> arities = new ArrayList<>();
    for (Key key : blocks.keySet()) {
      if (key.name.equals(name)) {
        arities.add(key.arity);
      }
    }
    return arities;
  }

  /**
   * Tells whether calls of {@code name} are nodes of the graph, and not replaced by a definition;
   * parses nothing.
   */
  public boolean isNode(String name) {
    for (Map.Entry<Key, Block> entry : blocks.entrySet()) {
      if (entry.getKey().name.equals(name)) {
        boolean defined = false;
        for (String line : entry.getValue().lines) {
          if (line.startsWith("d(")) {
            return true;
          }
          defined |= LibraryReader.isDefinition(line);
        }
        if (!defined) {
          return true;
        }
      }
    }
    return false;
  }

  /** Returns the entry of {@code name} with that many arguments, or null. */
  public @Nullable Entry entry(String name, int arity) {
    Key key = new Key(name, arity);
    Block block = blocks.get(key);
    return block == null ? null : entries.computeIfAbsent(key, unused -> parse(key, block));
  }

  /** Returns all entries in the order of the files. */
  public List<Entry> entries() {
    List<Entry> all = new ArrayList<>();
    for (Key key : blocks.keySet()) {
      Entry entry = entry(key.name, key.arity);
      if (entry != null) {
        all.add(entry);
      }
    }
    return all;
  }

  private Entry parse(Key key, Block block) {
    LibraryReader reader = new LibraryReader(block.source, names);
    for (String line : block.lines) {
      reader.read(line);
    }
    Signature signature = reader.signature();
    FunctionSymbol symbol = null;
    if (reader.differential() != null || reader.definition() == null) {
      if (signature == null) {
        throw new IllegalStateException(
            block.family + ".gs:" + block.firstLine + ": " + key.name + " has no signature");
      }
      symbol = new FunctionSymbol(key.name, key.arity, signature);
    }
    return new Entry(
        block.family,
        String.join(" ", block.comment),
        key.name,
        key.arity,
        symbol,
        signature,
        reader.definition(),
        reader.differential(),
        named(reader.parameters(), key.arity),
        reader.adjoints(),
        reader.domain(),
        padded(reader.labels(), key.arity),
        padded(reader.wholes(), key.arity));
  }

  /** Where no line names the parameters they are A, B, C and so on. */
  private static List<String> named(List<String> names, int length) {
    List<String> named = new ArrayList<>(names);
    while (named.size() < length) {
      named.add(String.valueOf((char) ('A' + named.size())));
    }
    return List.copyOf(named);
  }

  private static List<Boolean> padded(List<Boolean> flags, int length) {
    List<Boolean> padded = new ArrayList<>(flags);
    while (padded.size() < length) {
      padded.add(false);
    }
    return List.copyOf(padded);
  }
}
