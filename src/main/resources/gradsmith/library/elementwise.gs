# Elementwise functions. A function with a kernel of its own has no definition here.

exp : elementwise
fact exp(A) : positive
d(exp(A)) = exp(A) .* dA

log : elementwise
domain log(A) : A > 0
d(log(A)) = dA ./ A

log1p : elementwise
domain log1p(A) : A > -1
d(log1p(A)) = dA ./ (1 + A)

expm1 : elementwise
d(expm1(A)) = exp(A) .* dA

sqrt(A) = A.^0.5

square(A) = A.^2

abs : elementwise
domain abs(A) : A.^2 > 0
d(abs(A)) = sign(A) .* dA

sign : elementwise
domain sign(A) : A.^2 > 0
d(sign(A)) = 0 * dA

step : elementwise
domain step(A) : A.^2 > 0
d(step(A)) = 0 * dA

sin : elementwise
d(sin(A)) = cos(A) .* dA

cos : elementwise
d(cos(A)) = -sin(A) .* dA

tan : elementwise
domain tan(A) : cos(A).^2 > 0
d(tan(A)) = (1 + tan(A).^2) .* dA

arcsin : elementwise
domain arcsin(A) : A.^2 < 1
d(arcsin(A)) = dA ./ sqrt(1 - A.^2)

arccos : elementwise
domain arccos(A) : A.^2 < 1
d(arccos(A)) = -dA ./ sqrt(1 - A.^2)

arctan : elementwise
d(arctan(A)) = dA ./ (1 + A.^2)

asin(A) = arcsin(A)

acos(A) = arccos(A)

atan(A) = arctan(A)

sinh : elementwise
d(sinh(A)) = cosh(A) .* dA

cosh : elementwise
fact cosh(A) : positive
d(cosh(A)) = sinh(A) .* dA

tanh : elementwise
d(tanh(A)) = (1 - tanh(A).^2) .* dA

sigmoid : elementwise
fact sigmoid(A) : positive
d(sigmoid(A)) = sigmoid(A) .* (1 - sigmoid(A)) .* dA

erf : elementwise
d(erf(A)) = (2 / sqrt(pi)) * exp(-A.^2) .* dA

relu : elementwise
domain relu(A) : A.^2 > 0
relu(A) = max(A, 0)
d(relu(A)) = step(A) .* dA

leaky_relu(A, a) = relu(A) - a * relu(-A)

elu(A, a) = relu(A) + a * expm1(min(A, 0))

softplus : elementwise
fact softplus(A) : positive
softplus(A) = max(A, 0) + log1p(exp(-abs(A)))
d(softplus(A)) = sigmoid(A) .* dA

# The distribution function of the standard normal distribution.
normcdf : elementwise
normcdf(A) = (1 + erf(A / sqrt(2))) / 2
d(normcdf(A)) = normpdf(A) .* dA

# The density of the standard normal distribution.
normpdf : elementwise
normpdf(A) = exp(-A.^2 / 2) / sqrt(2 * pi)
d(normpdf(A)) = -A .* normpdf(A) .* dA

# Hendrycks & Gimpel (2016).
gelu : elementwise
gelu(A) = A .* normcdf(A)
d(gelu(A)) = (normcdf(A) + A .* normpdf(A)) .* dA

gelu_tanh(A) = 0.5 * A .* (1 + tanh(sqrt(2 / pi) * (A + 0.044715 * A.^3)))

silu : elementwise
silu(A) = A .* sigmoid(A)
d(silu(A)) = (sigmoid(A) + silu(A) .* (1 - sigmoid(A))) .* dA

mish(A) = A .* tanh(softplus(A))

# Where a number is one argument it has the derivative at the kink, so that the other has 0.
max : elementwise, elementwise
fact max(A, B) : commutative
domain max(A, B) : (A - B).^2 > 0
d(max(A, B)) = (A > B) .* dA + (A <= B) .* dB

min : elementwise, elementwise
fact min(A, B) : commutative
domain min(A, B) : (A - B).^2 > 0
d(min(A, B)) = (A < B) .* dA + (A >= B) .* dB

lgamma : elementwise
domain lgamma(A) : A > 0
d(lgamma(A)) = digamma(A) .* dA

digamma : elementwise
domain digamma(A) : A > 0
d(digamma(A)) = polygamma(1, A) .* dA

# The n-th derivative of digamma.
polygamma : (), elementwise
domain polygamma(n, A) : A > 0
d(polygamma(n, A)) = polygamma(n + 1, A) .* dA

greater : elementwise, elementwise
domain greater(A, B) : (A - B).^2 > 0
d(greater(A, B)) = 0 * dA + 0 * dB

greater_equal : elementwise, elementwise
domain greater_equal(A, B) : (A - B).^2 > 0
d(greater_equal(A, B)) = 0 * dA + 0 * dB

less : elementwise, elementwise
domain less(A, B) : (A - B).^2 > 0
d(less(A, B)) = 0 * dA + 0 * dB

less_equal : elementwise, elementwise
domain less_equal(A, B) : (A - B).^2 > 0
d(less_equal(A, B)) = 0 * dA + 0 * dB

equal : elementwise, elementwise
domain equal(A, B) : (A - B).^2 > 0
d(equal(A, B)) = 0 * dA + 0 * dB
