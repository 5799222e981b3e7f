package gradsmith.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command as a process: what comes out where, and the exit status. */
class CommandLineTest {

  @Test
  void gradientsGoToStandardOutputAndWarningsToStandardError() {
    GradsmithProcess.Outcome outcome = GradsmithProcess.run("gradsmith 'CE(softmax(X W), Y)'");
    assertEquals(0, outcome.status());
    assertTrue(outcome.output().contains("∂f/∂W"), outcome.output());
    assertTrue(outcome.errors().startsWith("warning: CE takes logits"), outcome.errors());
    assertFalse(outcome.output().contains("\u001b"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '"',
      value = {
        "0 ~ gradsmith derive 'sum(x)'",
        "0 ~ echo 'sum(x)' | gradsmith -f -",
        "0 ~ gradsmith -- '-sum(x)'",
        "0 ~ gradsmith '-sum(x)'",
        "0 ~ gradsmith --help",
        "0 ~ gradsmith --version",
        "0 ~ gradsmith --no-check --seed=3 --trials 2 --form closed 'sum(x)'",
        "0 ~ gradsmith verify \"x' x\" 'dL/dx = 2 x'",
        "3 ~ gradsmith verify \"x' x\" 'dL/dx = x'",
        "2 ~ gradsmith verify \"x' x\"",
        "1 ~ gradsmith verify \"x' x\" 'dL/dx = 2 x' 'dq/dx = 3'",
        "1 ~ gradsmith verify \"x' x\" 'dL/dx = x' 'dL/dx = 2 (x'",
        "0 ~ gradsmith rules",
        "0 ~ gradsmith rules softmax",
        "2 ~ gradsmith rules softmux",
        "0 ~ gradsmith --steps 'sum(x)'",
        "0 ~ gradsmith --format latex 'sum(x)'",
        "0 ~ gradsmith --format html 'sum(x)'",
        "0 ~ gradsmith --emit torch 'sum(x)'",
        "0 ~ gradsmith eval 'sum(x)' --let 'x=[1, 2]'",
        "1 ~ gradsmith eval 'sum(x)'",
        "1 ~ gradsmith eval 'A : (2, 3); sum(A)' --let 'A=[1, 2]'",
        "2 ~ gradsmith eval 'sum(x)' --let y=1",
        "2 ~ gradsmith eval 'sum(x)' --let x=nowhere.csv",
        "2 ~ gradsmith eval 'sum(x)' --let x",
        "0 ~ gradsmith completion zsh",
        "2 ~ gradsmith completion fish",
        "2 ~ gradsmith repl 'sum(x)'",
        "0 ~ echo 'f(A) = A.^3' | gradsmith --rules - 'sum(f(x))'",
        "1 ~ echo 'f(A) = B' | gradsmith --rules - 'sum(x)'",
        "2 ~ gradsmith --rules nowhere.rules 'sum(x)'",
        "1 ~ gradsmith 'sum('",
        "1 ~ gradsmith ''",
        "1 ~ gradsmith --wrt Q 'sum(x)'",
        "1 ~ head -c 9000000 /dev/zero | gradsmith -f -",
        "2 ~ gradsmith",
        "2 ~ gradsmith 'sum(x)' 'sum(y)'",
        "2 ~ gradsmith --chek 'sum(x)'",
        "0 ~ gradsmith help",
        "0 ~ gradsmith help verify",
        "2 ~ gradsmith help nosuch",
        "2 ~ gradsmith --format pdf 'sum(x)'",
        "2 ~ gradsmith verify --format html 'sum(x)' 'dx = 1'",
        "2 ~ gradsmith eval --format latex 'sum(x)' --let 'x=[1, 2]'",
        "2 ~ gradsmith --trials many 'sum(x)'",
        "2 ~ gradsmith -f /no/such/file",
        "2 ~ gradsmith --check --no-check 'sum(x)'",
        "2 ~ gradsmith --nosuch 'sum(x)'",
        "2 ~ gradsmith --check=3 'sum(x)'",
        "2 ~ gradsmith 'sum(x)' --wrt",
        "2 ~ gradsmith --steps --emit numpy 'sum(x)'",
        "2 ~ gradsmith --format latex --emit numpy 'sum(x)'",
        "2 ~ gradsmith --open --format latex 'sum(x)'",
        "2 ~ gradsmith --explain-shapes --format html 'sum(x)'",
        "0 ~ gradsmith eval 'sum(A)' --let 'A=[1, 2;]'",
        "1 ~ gradsmith eval 'sum(x)' --let x=5",
        "1 ~ gradsmith eval 'sum(x)' --let x=nan",
        "1 ~ gradsmith eval 'f : elementwise; sum(f(x))' --let 'x=[1, 2]'",
        "1 ~ gradsmith --emit numpy 3",
        "1 ~ gradsmith --emit numpy --hessian x 'X : (b, t, d); sum(exp(X x))'",
        "74 ~ gradsmith 'sum(x)' >/dev/full",
        "74 ~ gradsmith rules >/dev/full",
        "74 ~ gradsmith --emit numpy 'sum(x)' >/dev/full",
        "74 ~ gradsmith --format html 'sum(x)' >/dev/full",
        "74 ~ gradsmith 'sum(x)' 1</dev/null",
      })
  void exitStatusTellsWhatHappened(int status, String command) {
    GradsmithProcess.Outcome outcome = GradsmithProcess.run(command);
    assertEquals(status, outcome.status(), outcome.output() + outcome.errors());
    assertFalse(outcome.errors().contains("at gradsmith."), outcome.errors());
    boolean answered = status == ExitStatus.DONE || status == ExitStatus.CHECK_FAILED;
    assertTrue(answered || !outcome.errors().isEmpty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '"',
      value = {
        "0 ~ gradsmith --format json 'L = CE(softmax(relu(X W1) + X) W2, Y)'",
        "1 ~ gradsmith --format json 'sum('",
        "2 ~ gradsmith rules --format json",
        "0 ~ gradsmith --format json --emit numpy 'CE(X W, Y)'",
        "1 ~ gradsmith --format json --emit numpy 'f : elementwise; sum(f(x))'",
        "2 ~ gradsmith --format json --trials 0 'sum(x)'",
        "2 ~ gradsmith --format json 'sum(x)' 'sum(y)'",
        "2 ~ gradsmith --format json -f /no/such/file",
        "2 ~ gradsmith 'sum(x)' --nosuch --format=json",
        "1 ~ gradsmith verify --format json \"x' x\" 'dL/dx = x' 'dq/dx = 3'",
        "2 ~ gradsmith rules --format json",
        "2 ~ gradsmith --open --format json 'sum(x)'",
        "0 ~ gradsmith eval --format json 'sum(x)' --let 'x=[1, 2]'",
        "1 ~ gradsmith eval --format json 'sum(x)' --let x=5",
        "0 ~ gradsmith eval --format json 'sum(x)' --let 'x=[1, 2]' --out $(mktemp -d)",
      })
  void jsonIsOneObjectAndNothingElse(int status, String command) throws IOException {
    GradsmithProcess.Outcome outcome = GradsmithProcess.run(command);
    assertEquals(status, outcome.status());
    assertEquals("", outcome.errors());
    try (JsonParser parser = new JsonFactory().createParser(outcome.output())) {
      parser.nextToken();
      parser.skipChildren();
      assertEquals(null, parser.nextToken());
    }
  }

  @Test
  void aFileOfFormulasIsJudgedLineByLine() throws IOException {
    Path file = Files.createTempFile("by-hand", ".txt");
    Files.writeString(file, "dL/dx = x\ndq/dx = 3\n\ndL/dx = 2 (x\ndL/dx = 2 x\n");
    GradsmithProcess.Outcome text =
        GradsmithProcess.run("gradsmith verify \"x' x\" --formulas " + file);
    GradsmithProcess.Outcome json =
        GradsmithProcess.run("gradsmith verify \"x' x\" --format json --formulas " + file);
    Files.delete(file);
    assertTrue(text.errors().contains(file + ":2:1: error: the program has no q"));
    assertTrue(text.errors().contains(file + ":4:11: error: this `(` is never closed"));
    assertTrue(text.output().contains("wrong      dL/dx = x\n"), text.output());
    assertTrue(text.output().contains("right      dL/dx = 2 x\n"), text.output());
    assertTrue(json.output().contains("\"outcome\" : \"right\""), json.output());
    assertTrue(
        json.output().contains("\"file\" : \"" + file + "\",\n    \"line\" : 4"), json.output());
  }

  @Test
  void anErrorDoesNotEndTheSession() {
    GradsmithProcess.Outcome outcome =
        GradsmithProcess.run(
            """
            gradsmith repl <<'END'
            X : (n, d)
            H = relu(X W1)
            L = CE(H W2,
              Y)
            foo(X)
            :nonsense
            :wrt W1
            H = X W1
            :emit numpy
            :show
            :quit
            L = 1
            END
            """);
    assertEquals(0, outcome.status(), outcome.errors());
    String output = outcome.output();
    assertTrue(output.startsWith("H is n×k\n"), output);
    assertTrue(output.contains("∂L/∂W1 = Xᵀ (softmax(H W2) − Y) W2ᵀ"), output);
    assertTrue(output.contains("def value_and_grad(X, W1, W2, Y):"), output);
    assertTrue(output.endsWith("X : (n, d)\nH = X W1\nL = CE(H W2,\n  Y)\n"), output);
    assertTrue(outcome.errors().contains("there is no function called foo"), outcome.errors());
    assertTrue(outcome.errors().contains("there is no :nonsense"), outcome.errors());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '"',
      value = {
        "gradsmith --nosuch 'sum(x)' ~ there is no option --nosuch",
        "gradsmith 'sum(x)' --wrt ~ nothing follows --wrt, which takes NAMES",
        "gradsmith --steps --emit numpy 'sum(x)' ~ --emit and --steps do not go together",
        "gradsmith 'sum(x)' --wrt nosuch ~ its variables are x⏎",
        "gradsmith --emit julia 'X : (b, t, d); sum(sum(X, b))' ~ no stacks of matrices",
        "gradsmith --emit julia 'X : (b, t, d); sum(sum(X, b))' ~ ⏎  ^^^^^^^^^^^^^⏎",
        "gradsmith --emit numpy 'f : elementwise; sum(f(x))' ~ ⏎  ^^^^^^^^^^^^^^^⏎",
        "gradsmith --emit numpy 'a : (); H = a I; sum(H)' ~ no argument tells how long n is",
        "gradsmith --emit numpy --hessian x 'X : (b, t, d); sum(exp(X x))' ~ the Hessian by x is"
            + " no",
        "gradsmith eval 'sum(A)' --let 'A=[1, 2]' ~ a matrix of one row is written [1, 2;]",
        "gradsmith eval 'sum(A)' --let 'A=[1, 2; 1e400, 3]' ~ entry (2, 1) of A is Infinity",
        "gradsmith eval 'sum(inv(A))' --let 'A=[1, 2; 2, 4]' ~ inv(A) is not finite: A is singular",
        "gradsmith eval 'logdet(A)' --let 'A=[1, 2; 2, 4]' ~ is singular",
        "gradsmith eval 'sum(log(x))' --let 'x=[1, -1]' ~ log(x) is not finite",
        "gradsmith eval 'tr(A^k)' --let 'A=[1, 2; 2, 4]' --let k=2.5 ~ k is to be a whole number",
        "gradsmith eval 'sum(x)' --let 'x=[1]' --out README.md ~ it is a file, not a directory",
        "printf 'a = 1\\nb = \\xe9' | gradsmith -f - ~ byte 11, in line 2, 0xE9",
        "printf 'a = 1\\nb = \\x00' | gradsmith -f - ~ byte 11, in line 2, is zero",
        "printf 'a = 1\\r\\nsum(A +)\\r\\n' | gradsmith -f - ~ ⏎  sum(A +)⏎",
        "gradsmith $'sum(e\\xcc\\x81)' ~ the character U+0301 means nothing here",
        "gradsmith 'sum(x)' >/dev/full ~ cannot write to standard output",
      })
  void saysWhatIsWrong(String command, String sentence) {
    GradsmithProcess.Outcome outcome = GradsmithProcess.run(command);
    String expected = sentence.replace("⏎", "\n");
    assertTrue(outcome.errors().contains(expected), outcome.errors());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "gradsmith --format ascii 'L = ‖X β₁ − y‖² + λ ‖β₁‖²' --wrt lambda",
        "gradsmith --format ascii --steps --explain-shapes 'θ = 2 λ x; θᵀ x'",
        "gradsmith --format ascii 'kron(A, B) ⊗ A'",
        "gradsmith --format json 'λ sum(x)'",
        "gradsmith --format ascii rules",
        "gradsmith eval --format ascii 'λ sum(x)' --let lambda=2 --let 'x=[1, 2]'",
        "gradsmith verify --format ascii \"λ x' x\" 'df/dλ = x' 'df/dlambda = x^T x'",
      })
  void whatIsAskedForInAsciiIsAscii(String command) {
    String output = GradsmithProcess.run(command).output();
    assertFalse(output.isEmpty());
    assertTrue(output.chars().allMatch(c -> c < 128), output);
  }

  @Test
  void stepsEndInTheFormThatIsAskedFor() {
    String program = " --no-check 'L = CE(softmax(relu(X W1) + X) W2, Y)'";
    String closed = GradsmithProcess.run("gradsmith --steps --form closed" + program).output();
    String backprop = GradsmithProcess.run("gradsmith --steps --form backprop" + program).output();
    assertTrue(closed.contains("together   ∂L/∂X  = "), closed);
    assertFalse(backprop.contains("together"), backprop);
    String same = GradsmithProcess.run("gradsmith --steps \"x' A x\"").output();
    assertFalse(same.contains("together"), "what the steps end in is not said again: " + same);
  }

  @Test
  void vectorsHaveOneLengthAndInfinitiesAreStrings() {
    String bindings =
        GradsmithProcess.run(
                "gradsmith --format json --no-check --hessian w 'sum(softplus(X w))' --form"
                    + " backprop")
            .output();
    assertTrue(bindings.contains("\"shape\" : [ \"n\" ]"), bindings);
    assertFalse(bindings.contains("[ \"n\", 1 ]"), bindings);
    String numbers =
        GradsmithProcess.run("gradsmith eval --format json 'log(a)' --let a=0").output();
    assertTrue(numbers.contains("\"-Infinity\""), numbers);
    assertTrue(numbers.contains("is not finite"), numbers);
  }

  @Test
  void aReaderThatHasSeenEnoughIsNoError() {
    GradsmithProcess.Outcome outcome =
        GradsmithProcess.run("gradsmith rules | head -n 1; gradsmith 'sum(x)' | true");
    assertEquals("", outcome.errors());
  }

  @Test
  void aStepIsLabelledWithItsOperationAndNotWithATranspose() {
    String output = GradsmithProcess.run("gradsmith --steps \"c' softmax(x)\"").output();
    assertTrue(output.contains("by softmax: Y = softmax(Z) gives"), output);
  }

  @Test
  void emittedCodeSaysWhatItReliesOn() {
    GradsmithProcess.Outcome outcome =
        GradsmithProcess.run(
            "gradsmith --emit numpy \"A : (n, n) spd; x' A x + CE(softmax(X W), Y)\"");
    assertTrue(
        outcome
            .output()
            .contains(
                """
                    # assumes that A is spd
                    # assumes that each row of Y sums to 1
                    # warning: CE takes logits, and this is a softmax
                """),
        outcome.output());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "gradsmith --fo ~ --form --format",
        "gradsmith ver ~ verify",
        "gradsmith --emit t ~ torch",
        "gradsmith rules --f ~ --format",
        "gradsmith completion z ~ zsh",
      })
  void bashCompletesLines(String line, String completions) {
    GradsmithProcess.Outcome outcome =
        GradsmithProcess.run(
            "source <(gradsmith completion bash); COMP_WORDS=(%s); COMP_CWORD=$((${#COMP_WORDS[@]}-1));"
                    .formatted(line)
                + " _gradsmith; echo ${COMPREPLY[*]}");
    assertEquals(completions, outcome.output().strip(), outcome.errors());
  }

  @Test
  void aMisspelledCommandIsNoProgram() {
    GradsmithProcess.Outcome outcome = GradsmithProcess.run("gradsmith verfy 'sum(x)' 'dx = 1'");
    assertEquals(
        "gradsmith: there is no command verfy; did you mean verify?", outcome.errors().strip());
  }

  @Test
  void linesFitEightyColumns() {
    GradsmithProcess.Outcome outcome =
        GradsmithProcess.run(
            "gradsmith 'L = SSE(geglu(layernorm(X, g, b), W, V) + attention(X, X, X) Q, Y)'");
    assertEquals(0, outcome.status(), outcome.errors());
    outcome
        .output()
        .lines()
        .skip(1)
        .forEach(line -> assertTrue(line.codePointCount(0, line.length()) <= 80, line));
  }
}
