package gradsmith.language;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The function that was probably meant. */
class SpellingTest {

  private static final Library LIBRARY = Library.standard();

  @ParameterizedTest
  @CsvSource({
    "rellu, relu",
    "relu_, relu",
    "relux, relu",
    "rlu, relu",
    "sofmax, softmax",
    "softmx, softmax",
    "sotfmax, softmax",
    "soft_max, softmax",
    "log_softmax, logsoftmax",
    "logsumpexp, logsumexp",
    "LeakyReLU, leaky_relu",
    "sigmod, sigmoid",
    "sigmoyd, sigmoid",
    "tahn, tanh",
    "tnh, tanh",
    "summ, sum",
    "men, mean",
    "nrom, norm",
    "expp, exp",
    "logg, log",
    "lgo, log",
    "maxx, max",
    "dett, det",
    "log_det, logdet",
    "layer_norm, layernorm",
    "layernrom, layernorm",
    "rms_norm, rmsnorm",
    "atention, attention",
    "crosscov, ",
    "f, ",
    "zz, ",
    "conv, ",
  })
  void theNearestFunctionIsTheOneThatWasMeant(String word, String function) {
    assertEquals(function, Spelling.nearest(word, LIBRARY.names()));
  }
}
