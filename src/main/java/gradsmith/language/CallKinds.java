package gradsmith.language;

import gradsmith.shape.Signature;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a function of the library or a builtin takes and gives, before lengths are known. */
final class CallKinds {

  private static final Set<String> VECTOR_FUNCTIONS =
      Set.of("mean", "norm", "norm1", "norm2", "normF", "max", "min", "dot");

  private CallKinds() {}

  /** Tells whether a name in lower case is a vector where it is an argument of {@code call}. */
  static boolean takesVector(Ast.Call call, Library.@Nullable Entry entry) {
    Builtin builtin = Builtin.named(call.name());
    if (builtin != null) {
      return builtin.takesVector();
    }
    boolean reduces = VECTOR_FUNCTIONS.contains(call.name());
    if (entry == null || entry.signature() == null) {
      return reduces;
    }
    Signature.Kind kind = entry.signature().kind();
    return kind == Signature.Kind.ROWS || reduces && kind != Signature.Kind.ELEMENTWISE;
  }

  /** Returns what {@code call} gives for arguments of these {@code kinds}. */
  static Kind result(Ast.Call call, Library.@Nullable Entry entry, Kind[] kinds) {
    if (entry != null && entry.signature() != null) {
      Signature signature = entry.signature();
      if (signature.kind() == Signature.Kind.ELEMENTWISE) {
        Kind joined = Kind.SCALAR;
        for (Kind kind : kinds) {
          joined = joined.join(kind);
        }
        return joined;
      }
      if (signature.givesNumber()) {
        return Kind.SCALAR;
      }
      if (signature.result().equals(List.of("n", "1"))) {
        return kinds[0] == Kind.VECTOR && signature.kind() == Signature.Kind.ROWS
            ? Kind.SCALAR
            : Kind.VECTOR;
      }
      return kinds.length == 0 ? Kind.MATRIX : kinds[0];
    }
    Builtin builtin = Builtin.named(call.name());
    return builtin != null ? builtin.result(kinds) : kinds.length == 0 ? Kind.SCALAR : kinds[0];
  }
}
