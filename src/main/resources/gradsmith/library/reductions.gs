# Sums, extremes and norms.

rowsum(A) = A * ones(cols(A), 1)

colsum(A) = ones(1, rows(A)) * A

mean(A) = sum(A) / numel(A)

rowmean(A) = rowsum(A) / cols(A)

colmean(A) = colsum(A) / rows(A)

dot(A, B) = sum(A .* B)

# Entries that are extreme together share the derivative: so it is right for those that are always equal.
max : (n, k) -> ()
fact max(A) : invariant
d(max(A)) = sum((A >= max(A)) .* dA) / sum(A >= max(A))

min : (n, k) -> ()
fact min(A) : invariant
d(min(A)) = sum((A <= min(A)) .* dA) / sum(A <= min(A))

rowmax : rows (n, k) -> (n, 1)
d(rowmax(A)) = rowsum((A >= rowmax(A)) .* dA) ./ rowsum(A >= rowmax(A))

norm1(A) = sum(abs(A))

# The Frobenius norm of a matrix, the Euclidean norm of a vector.
norm2 : (n, k) -> ()
fact norm2(A) : positive, invariant
norm2(A) = sqrt(sum(A.^2))
domain norm2(A) : sum(A.^2) > 0
d(norm2(A)) = sum(A .* dA) / norm2(A)

norm(A) = norm2(A)

normF(A) = norm2(A)

logsumexp : rows (n, k) -> (n, 1)
logsumexp(A) = rowmax(A) + log(rowsum(exp(A - rowmax(A))))
d(logsumexp(A)) = rowsum(softmax(A) .* dA)
