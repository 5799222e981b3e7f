package gradsmith.benchmarks;

import gradsmith.Gradsmith;
import gradsmith.Options;
import gradsmith.Result;
import gradsmith.source.Source;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The time of one derivation in a warm library, without and with its check. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class DeriveBenchmark {

  /** What is derived. */
  @Param({
    "L = CE(softmax(relu(X W1) + X) W2, Y)",
    "||A x - b||^2",
    "L = SSE(layernorm(X, g, b) W, Y)"
  })
  public String program;

  private final Gradsmith gradsmith = new Gradsmith();

  /** Formulas only. */
  @Benchmark
  public Result derive() {
    return gradsmith.derive(new Source("", program), Options.DEFAULT.check(false));
  }

  /** Formulas and the check. */
  @Benchmark
  public Result deriveAndCheck() {
    return gradsmith.derive(new Source("", program), Options.DEFAULT);
  }
}
