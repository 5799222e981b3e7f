package gradsmith.language;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gradsmith.Gradsmith;
import gradsmith.expr.Variable;
import gradsmith.source.Source;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples that the rules of reading are stated with, one by one. */
class ContractReadingsTest {

  private static final Gradsmith GRADSMITH = new Gradsmith();

  @ParameterizedTest
  @CsvSource(
      delimiter = '&',
      quoteCharacter = '"',
      textBlock =
          """
          x' A x + b' x + c                & x vector   A matrix   b vector   c number   => number
          w' x + c                         & w vector   x vector   c number   => number
          A x + c                          & A matrix   x vector   c vector   => vector
          ||x - c||                        & x vector   c vector   => number
          X W + c                          & X matrix   W matrix   c vector   => matrix
          sum(exp(theta))                  & theta vector   => number
          diag(theta)                      & theta vector   => matrix
          softmax(theta)                   & theta vector   => vector
          norm(theta)                      & theta vector   => number
          """)
  void noMixtureOfRanks(String program, String reading) {
    assertRead(program, reading);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '&',
      quoteCharacter = '"',
      textBlock =
          """
          -N/2 logdet(S) - n/2 log(2 pi)   & N number   S matrix   n number   => number
          ||w||^2 + C sum(relu(1 - y .* (X w))) & w vector   C number   y vector   X matrix   => number
          lam norm1(w)                     & lam number   w vector   => number
          lam/2 w' w                       & lam number   w vector   => number
          0.5 * reg * sum(W.^2)            & reg number   W matrix   => number
          w1 * loss1 + w2 * loss2          & w1 number   loss1 number   w2 number   loss2 number   => number
          s^2 X + t^2 I                    & s number   X matrix   t number   => matrix
          x / m                            & x vector   m number   => vector
          A / N                            & A matrix   N number   => matrix
          sum(x.^k)                        & x vector   k number   => number
          A + lam I                        & A matrix   lam number   => matrix
          """)
  void whatOnlyMeetsNumbersIsANumber(String program, String reading) {
    assertRead(program, reading);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '&',
      quoteCharacter = '"',
      textBlock =
          """
          a X                              & a number   X matrix   => matrix
          g_t X                            & g_t number   X matrix   => matrix
          b1 X                             & b1 number   X matrix   => matrix
          lambda X                         & lambda number   X matrix   => matrix
          sum(err .* diff)                 & err vector   diff vector   => number
          ||embed - x_t||                  & embed vector   x_t vector   => number
          X1 Y_hat                         & X1 matrix   Y_hat matrix   => matrix
          x' Sigma x                       & x vector   Sigma matrix   => number
          """)
  void spellingDecidesWhereUsesDoNot(String program, String reading) {
    assertRead(program, reading);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '&',
      quoteCharacter = '"',
      textBlock =
          """
          X : (b, t, d); sum((X W - Y).^2) & X stack   W matrix   Y stack   => number
          X : (b, t, d); SSE(X W, Y)       & X stack   W matrix   Y stack   => number
          X : (b, t, d); CE(mean(X, t) W, Y) & X stack   W matrix   Y stack   => number
          x' (A + lambda*eye(d)) x         & x vector   A matrix   lambda number   => number
          ||unvec(w, d, k) - A||           & w vector   A matrix   => number
          X W + b                          & X matrix   W matrix   b vector   => matrix
          H a1 + (H a2)'                   & H matrix   a1 vector   a2 vector   => matrix
          x.^2 + (y.^2)' - 2 x y'          & x vector   y vector   => matrix
          f .* colmean(P)                  & f vector   P matrix   => row
          dot(f, colmean(P))               & f vector   P matrix   => number
          """)
  void shapesAndBroadcasts(String program, String reading) {
    assertRead(program, reading);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '&',
      quoteCharacter = '"',
      textBlock =
          """
          0.5*x'*A*x                       & x vector   A matrix   => number
          A*exp(x)                         & A matrix   x vector   => vector
          (y.*v)'*x                        & y vector   v vector   x vector   => number
          a^b                              & a number   b number   => number
          norm1(A*x-y)                     & A matrix   x vector   y vector   => number
          norm2(A*x-y)^2                   & A matrix   x vector   y vector   => number
          sum(log(exp(-y.*(X*w)) + vector(1))) & y vector   X matrix   w vector   => number
          tr(A*X'*B*X*C)                   & A matrix   X matrix   B matrix   C matrix   => number
          log(det(inv(X)))                 & X matrix   => number
          sin(x)'*y                        & x vector   y vector   => number
          """)
  void matrixCalculusOrg(String program, String reading) {
    assertRead(program, reading);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '&',
      quoteCharacter = '"',
      textBlock =
          """
          x' A x + b' x + c                & x vector   A matrix   b vector   c number   => number
          a x^2 + b x + c                  & a number   x number   b number   c number   => number
          ||A x - b||^2 + l ||x||_1        & A matrix   x vector   b vector   l number   => number
          -N/2*logdet(S) - N/2*tr(inv(S)*C) & N number   S matrix   C matrix   => number
          1/2*||w||^2 + C*sum(max(0, 1 - y.*(X*w + b))) & w vector   C number   y vector   X matrix   b vector   => number
          sum((X w - y).^2) + lam * norm1(w) & X matrix   w vector   y vector   lam number   => number
          0.5 * reg * sum(W.^2)            & reg number   W matrix   => number
          (w'*mu - rf)/sqrt(w'*Sigma*w)    & w vector   mu vector   rf number   Sigma matrix   => number
          relu(m + ||a-p|| - ||a-q||)      & m number   a vector   p vector   q vector   => number
          log(sum(exp(theta)))             & theta vector   => number
          W W' + diag(sigma.^2)            & W matrix   sigma vector   => matrix
          sum(s^2*X) + sum(t^2*X)          & s number   X matrix   t number   => number
          w1*G1*x + w2*G2*x                & w1 number   G1 matrix   x vector   w2 number   G2 matrix   => vector
          sum(err .* err)                  & err vector   => number
          """)
  void whatOnceWasReadWrongly(String program, String reading) {
    assertRead(program, reading);
  }

  @Test
  void theLongExampleHasTheseLengths() {
    Program program = GRADSMITH.read(new Source("", "CE(softmax(relu(X W1) + X) W2, Y)"));
    assertEquals(
        "X n×d, W1 d×d, W2 d×k, Y n×k",
        program.parameters().stream()
            .map((Variable parameter) -> parameter.name() + " " + parameter.shape())
            .collect(Collectors.joining(", ")));
  }

  private static void assertRead(String program, String reading) {
    assertEquals(
        ReadRanks.expected(reading),
        ReadRanks.of(GRADSMITH.read(new Source("", program))),
        program);
  }
}
