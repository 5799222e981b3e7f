package gradsmith;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gradsmith.emit.NotEmittableException;
import gradsmith.emit.Target;
import gradsmith.source.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Emitted code of all fixtures, run by the languages themselves. */
class EmittedCodeTest {

  private static final Gradsmith GRADSMITH = new Gradsmith();

  private static final List<EmittedCase> CASES = new ArrayList<>();

  @TempDir private Path folder;

  @BeforeAll
  static void derive() {
    for (Fixtures.Case fixture : Fixtures.read("derive")) {
      Result result = GRADSMITH.derive(fixture.source(), fixture.options().check(false));
      String name = fixture + " #" + fixture.index();
      CASES.add(
          EmittedCase.of(name, result)
              .orElseThrow(() -> new IllegalStateException(name + ": no finite point")));
    }
  }

  @Test
  void numpy() throws Exception {
    assertEquals("", runs().python("numpy"));
  }

  @Test
  void torchAndItsOwnGradients() throws Exception {
    assertEquals("", runs().python("torch"));
  }

  /** JAX is not packaged for Debian: NumPy and SciPy stand in under its names. */
  @Test
  void jax() throws Exception {
    assertEquals("", runs().python("jax"));
  }

  @Test
  void octave() throws Exception {
    assertEquals("", runs().octave());
  }

  @Test
  void java() throws Exception {
    assertEquals("", runs().java());
  }

  private EmittedCodeRuns runs() {
    return new EmittedCodeRuns(folder, CASES, EmittedCodeRuns.DOUBLE);
  }

  /** What a language cannot say is refused for a reason that names it. */
  @Test
  void refusesByName() {
    Map<String, Set<String>> refusals = new TreeMap<>();
    for (String target : Target.NAMES) {
      for (EmittedCase one : CASES) {
        try {
          one.result().emit(target);
        } catch (NotEmittableException e) {
          String reason =
              String.valueOf(e.getMessage())
                  .replaceAll("\\(.*\\)|\\w+(×\\w+){2,}", "…")
                  .replaceFirst("^\\w+ code", "it")
                  .replaceFirst("such as \\w+, ", "");
          refusals.computeIfAbsent(reason, unused -> new LinkedHashSet<>()).add(target);
        }
      }
    }
    Set<String> all = new LinkedHashSet<>(Target.NAMES);
    Map<String, Set<String>> expected =
        new HashMap<>(
            Map.of(
                "it has no stacks of matrices, …",
                Set.of("julia", "octave", "java"),
                "the function f has no definition that could be emitted",
                all,
                "the function g has no definition that could be emitted",
                all,
                "the function φ has no definition that could be emitted",
                all,
                "no argument tells how long n is",
                Set.of("numpy", "torch", "jax"), // the others take no stacks in the first place
                "the Hessian by W is no matrix: it passes through a stack of matrices, …; --hvp"
                    + " gives its product with a direction",
                all,
                "the Hessian by A is no matrix: its differential is linear in expm_frechet…, which"
                    + " has none; --hvp gives its product with a direction",
                all,
                "the Jacobian by X is no matrix: X is a stack of matrices, …; the differential says"
                    + " the same",
                all,
                "the Jacobian by X is no matrix: its differential is linear in matpow_frechet…,"
                    + " which has none; the differential says the same",
                all));
    expected.put("no argument tells how long d is", all); // only d k is known of unvec(w, d, k)
    expected.put("the backward pass of a layer is not emitted; name a loss", all);
    assertEquals(expected, refusals);
  }

  /** Each of n gradients of a product of n factors is one of n - 1: together they are 3 n. */
  @Test
  void productsShareTheirFactors() throws Exception {
    StringBuilder product = new StringBuilder("X0");
    for (int i = 1; i < 100; i++) {
      product.append(" .* X").append(i);
    }
    long products = count("sum(" + product + ")", '*');
    assertTrue(products < 300, products + " products");
  }

  @Test
  void productsOfMatricesShareTheirFactors() throws Exception {
    StringBuilder product = new StringBuilder("A0");
    for (int i = 1; i < 100; i++) {
      product.append(" A").append(i);
    }
    for (String program : List.of("tr(" + product + ")", "x' " + product + " y")) {
      long products = count(program, '@') + count(program, '*');
      assertTrue(products <= 300, products + " products");
    }
  }

  /**
   * The value and the gradients come as soon as their parts are there, each by its name, and what
   * is used no more is written over, but not what could have integer entries; vectors have one
   * axis.
   */
  @Test
  void largeArraysLiveShort() throws Exception {
    assertEquals(
        """
        def value_and_grad(C, X, g, b):
            d = C.shape[-1]
            t1 = X - np.sum(X, axis=-1, keepdims=True) / d
            t2 = np.sqrt(np.einsum('ij,ij->i', t1, t1)[:, None] / d + 1e-5)
            H = np.divide(t1, t2, out=t1)  # H = standardize(X, 0.00001)
            grad_g = np.einsum('ij,ij->j', C, H)  # grad_g = colsum(C .* H)'
            dH = C * g  # dH = C .* g
            # grad_C = H .* g + b
            grad_C = H * g
            grad_C += b
            L = np.vdot(C, grad_C)  # L = sum(C .* (H .* g + b))
            t3 = np.multiply(H, np.einsum('ij,ij->i', H, dH)[:, None] / d, out=H)
            t3 += np.sum(dH, axis=-1, keepdims=True) / d
            # grad_X = (dH - rowmean(dH) - H .* rowmean(H .* dH)) ./ rowstd(X, 0.00001)
            grad_X = np.subtract(dH, t3, out=t3)
            grad_X /= t2
            grad_b = np.sum(C, axis=0)  # grad_b = colsum(C)'
            return L, grad_C, grad_X, grad_g, grad_b
        """,
        function("L = sum(C .* layernorm(X, g, b))", "numpy"));
  }

  /** A layer norm and its adjoints are calls, also where they are terms, scaled, or of a stack. */
  @Test
  void adjointsHaveWords() throws Exception {
    assertEquals(
        """
        def value_and_grad(X, g, b, W):
            H, mean, rstd = layernorm(X, g, b, 1e-5)  # H = standardize(X, 0.00001) .* g + b
            A = H @ W  # A = H W
            L = torch.sum(A ** 2)  # L = sum(A.^2)
            dA = 2 * A  # dA = 2 A
            # grad_g = colsum(standardize(X, 0.00001) .* (dA W'))'
            _, grad_g, _ = layernorm_adjoint(dA @ W.T, X, g, b, mean, rstd)
            grad_W = H.T @ dA  # grad_W = H' dA
            return L, grad_g, grad_W
        """,
        function("L = ||layernorm(X, g, b) W||^2", "torch", "g", "W"));
    String term = emitted("X1 = X + layernorm(X, g, b); L = ||X1||^2", "torch");
    assertTrue(term.contains(" = 2 * X1 + standardize_adjoint(dH, X, mean, rstd)"), term);
    String stack = emitted("X : (s, n, d); L = ||layernorm(relu(X), g, b) W||^2", "torch");
    assertTrue(stack.contains(", grad_g, grad_b = layernorm_adjoint(dV, H, g, b, "), stack);
    String variable = emitted("L = sum(C .* layernorm(X, g, b, s^2))", "torch");
    assertFalse(variable.contains("rstd"), "eps is a plain number in PyTorch: " + variable);
  }

  /** PyTorch's functions take arrays: numbers that no input is in are none, also by their names. */
  @Test
  void numbersAreNoArraysInTorch() throws Exception {
    String named = emitted("k = sqrt(2); L = sum(tanh(exp(k) X) .* erf(k))", "torch");
    assertTrue(named.contains("math.exp(k)") && named.contains("math.erf(k)"), named);
    String term = emitted("L = sum(softmax(X) .* Y + X)", "torch");
    assertTrue(term.contains("grad_X = 1 + grad_Y * (Y - "), term);
  }

  /**
   * PyTorch's own layer norm takes one floating-point dtype; the formula takes any, and so do we.
   */
  @Test
  void nativeCallsTakeAnyDtype() throws Exception {
    StringBuilder script = new StringBuilder("import torch\n");
    for (String norm : List.of("layernorm(X, g, b)", "standardize(X, 1e-5) .* g' + b'")) {
      String code = emitted("X : (n, d); L = sum(C .* tanh(" + norm + "))", "torch", "X");
      assertTrue(code.contains("_adjoint("), code);
      script
          .append(code)
          .append(
              """

              def every(integers, types):
                  results = value_and_grad(*[t.to(d) for t, d in zip(integers, types)])
                  return [r.double() for r in results]

              T = torch.arange(12).reshape(3, 4) % 5
              arguments = T, T % 3, 1 + T[0], T[1]
              plain = every(arguments, [torch.float64] * 4)
              for types in (
                  [torch.int64, torch.float64, torch.float64, torch.float64],
                  [torch.float64, torch.int64, torch.float64, torch.float64],
                  [torch.float64, torch.float64, torch.int64, torch.float32],
                  [torch.int64] * 4,
              ):
                  for one, other in zip(every(arguments, types), plain):
                      assert torch.allclose(one, other, atol=1e-5), types
              """);
    }
    Path file = Files.writeString(folder.resolve("dtypes.py"), script + "print('done')\n");
    EmittedCodeRuns.assumeInstalled("torch");
    assertEquals("", EmittedCodeRuns.output(folder, "/usr/bin/python3", file.toString()));
  }

  @Test
  void literalsGetNoNames() throws Exception {
    String program = "N1 = layernorm(X, g1, b1); L = sum(C .* layernorm(N1, g2, b2))";
    String code = emitted(program, "numpy");
    assertEquals(2, code.lines().filter(line -> line.contains(" / d + 1e-5)")).count(), code);
  }

  /** P X is computed, and not X' P'. */
  @Test
  void productsStandAsTheyAreUsed() throws Exception {
    assertEquals(
        """
        def value_and_grad(A, X, V, C):
            t1 = A @ X
            B = t1 @ V  # B = A X V
            H = torch.exp(B)  # H = exp(B)
            dB = C * H  # dB = C .* H
            L = torch.sum(dB)  # L = sum(C .* H)
            grad_V = t1.T @ dB  # grad_V = X' A' dB
            t2 = dB @ V.T
            del B, t1, dB
            grad_A = t2 @ X.T  # grad_A = dB V' X'
            grad_X = A.T @ t2  # grad_X = A' dB V'
            return L, grad_A, grad_X, grad_V, H
        """,
        function("L = sum(exp(A X V) .* C)", "torch"));
  }

  @Test
  void vectorsHaveOneAxis() throws Exception {
    assertEquals(
        """
        def value_and_grad(A, x, b):
            z = A @ x - b  # z = A x - b
            dz = 2 * z  # dz = 2 z
            f = np.vdot(z, z)  # f = sum(z.^2)
            grad_A = np.outer(dz, x)  # grad_A = dz x'
            grad_x = A.T @ dz  # grad_x = A' dz
            grad_b = -dz  # grad_b = -dz
            return f, grad_A, grad_x, grad_b
        """,
        function("||A x - b||^2", "numpy"));
  }

  @Test
  void depthIsNoLimit() throws Exception {
    int layers = 10_000;
    StringBuilder program = new StringBuilder("X : (n, d); W : (d, d); H0 = relu(X W)\n");
    for (int i = 1; i <= layers; i++) {
      program.append("H%d = tanh(H%d W) + H%d\n".formatted(i, i - 1, i - 1));
    }
    program.append("L = sum(C .* H" + layers + "')");
    Options options = Options.DEFAULT.check(false).by("X");
    String code = GRADSMITH.derive(new Source("", program.toString()), options).emit("numpy");
    assertEquals(layers, code.lines().filter(line -> line.contains("np.tanh(")).count());
  }

  private static String emitted(String program, String target, String... by) throws Exception {
    Options options = Options.DEFAULT.check(false).by(by);
    return GRADSMITH.derive(new Source("", program), options).emit(target);
  }

  /** Returns the last function of what is emitted for {@code program}. */
  private static String function(String program, String target, String... by) throws Exception {
    String code = emitted(program, target, by);
    return code.substring(code.lastIndexOf("def value_and"));
  }

  /** Counts {@code character} in what is emitted for {@code program}, without the comments. */
  private static long count(String program, char character) throws Exception {
    return emitted(program, "numpy")
        .lines()
        .map(line -> line.replaceFirst("#.*", ""))
        .flatMapToInt(String::chars)
        .filter(each -> each == character)
        .count();
  }
}
