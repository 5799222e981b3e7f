# Functions of each row. A vector argument is one row.

softmax : rowwise
fact softmax(Z) : positive, stochastic
softmax(Z) = exp(logsoftmax(Z))
d(softmax(Z)) = softmax(Z) .* (dZ - rowsum(softmax(Z) .* dZ))

logsoftmax : rowwise
logsoftmax(Z) = Z - logsumexp(Z)
d(logsoftmax(Z)) = dZ - rowsum(softmax(Z) .* dZ)

# The standard deviation of each row.
rowstd : rows (n, k), () -> (n, 1)
fact rowstd(X, e) : positive
rowstd(X, e) = sqrt(rowmean((X - rowmean(X)).^2) + e)
d(rowstd(X, e)) = rowmean(standardize(X, e) .* dX) + de * rowstd(X, e).^-1 / 2

# Each row less its mean, divided by its standard deviation. Ba, Kiros & Hinton (2016).
standardize : rowwise, ()
standardize(X, e) = (X - rowmean(X)) ./ rowstd(X, e)
d(standardize(X, e)) = (dX - rowmean(dX) - standardize(X, e) .* rowmean(standardize(X, e) .* dX)) ./ rowstd(X, e) - de * standardize(X, e) ./ rowstd(X, e).^2 / 2

layernorm : rows (n, k), (k), (k), () -> (n, k)
layernorm(X, g, b, e) = standardize(X, e) .* g' + b'

layernorm : rows (n, k), (k), (k) -> (n, k)
layernorm(X, g, b) = standardize(X, 0.00001) .* g' + b'

# The root mean square of each row.
rms : rows (n, k), () -> (n, 1)
fact rms(X, e) : positive
rms(X, e) = sqrt(rowmean(X.^2) + e)
d(rms(X, e)) = rowmean(X .* dX) ./ rms(X, e) + de * rms(X, e).^-1 / 2

# Each row divided by its root mean square. Zhang & Sennrich (2019).
unit_rms : rowwise, ()
unit_rms(X, e) = X ./ rms(X, e)
d(unit_rms(X, e)) = (dX - unit_rms(X, e) .* rowmean(unit_rms(X, e) .* dX)) ./ rms(X, e) - de * unit_rms(X, e) ./ rms(X, e).^2 / 2

rmsnorm : rows (n, k), (k), () -> (n, k)
rmsnorm(X, g, e) = unit_rms(X, e) .* g'

rmsnorm : rows (n, k), (k) -> (n, k)
rmsnorm(X, g) = unit_rms(X, 0.00001) .* g'

# The 2-norm of each row.
rownorm : rows (n, k) -> (n, 1)
fact rownorm(X) : positive
rownorm(X) = sqrt(rowsum(X.^2))
domain rownorm(X) : rowsum(X.^2) > 0
d(rownorm(X)) = rowsum(X .* dX) ./ rownorm(X)

normalize : rowwise
normalize(X) = X ./ rownorm(X)
domain normalize(X) : rowsum(X.^2) > 0
d(normalize(X)) = (dX - normalize(X) .* rowsum(normalize(X) .* dX)) ./ rownorm(X)
