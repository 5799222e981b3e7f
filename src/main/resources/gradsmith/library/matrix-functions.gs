# Functions of a whole matrix. What stands as linear in an argument has its adjoint stated with the cotangent G.

# Higham (2008), chapter 10.
expm : (n, n) -> (n, n)
fact expm(A) : equivariant
d(expm(A)) = expm_frechet(A, dA)

# The derivative of expm at A along E: the integral of expm(s A) E expm((1 - s) A) over s from 0 to 1.
expm_frechet : (n, n), (n, n) -> (n, n)
fact expm_frechet(A, E) : homogeneous
adjoint E of expm_frechet(A, E) = expm_frechet(A', G)

# A^n for a whole number n from 1 to 2^53. Petersen & Pedersen (2012), equations 90 and 91.
matpow : (n, n), whole -> (n, n)
fact matpow(A, n) : equivariant
domain matpow(A, n) : n > 0.5
d(matpow(A, n)) = matpow_frechet(A, n, dA)

# The sum of A^r E A^(n - 1 - r) over r from 0 to n - 1.
matpow_frechet : (n, n), whole, (n, n) -> (n, n)
fact matpow_frechet(A, n, E) : homogeneous
domain matpow_frechet(A, n, E) : n > 0.5
adjoint E of matpow_frechet(A, n, E) = matpow_frechet(A', n, G)

# The pseudo-inverse, at constant rank. Golub & Pereyra (1973).
pinv : (n, k) -> (k, n)
fact pinv(A) : equivariant
d(pinv(A)) = pinv(A) * pinv(A)' * dA' * (I(rows(A)) - A * pinv(A)) + (I(cols(A)) - pinv(A) * A) * dA' * pinv(A)' * pinv(A) - pinv(A) * dA * pinv(A)

# The lower triangular L with L L' = A, of the symmetric part of A. Murray (2016).
cholesky : (n, n) -> (n, n)
fact cholesky(A) : invariant
domain cholesky(A) : lambda_min(A) > 0
d(cholesky(A)) = cholesky(A) * lower_half(inv(cholesky(A)) * (dA + dA') / 2 * inv(cholesky(A))')

# The lower triangle with half the diagonal.
lower_half : (n, n) -> (n, n)
fact lower_half(A) : homogeneous
adjoint A of lower_half(A) = lower_half(G)

# The eigenvalues of the symmetric part of A, ascending; they must be distinct. Magnus & Neudecker (2019), chapter 9.
eigvals : (n, n) -> (n, 1)
fact eigvals(A) : invariant
d(eigvals(A)) = diag(eigvecs(A)' * dA * eigvecs(A))

# The eigenvectors of the symmetric part of A, in the order of eigvals.
eigvecs : (n, n) -> (n, n)
fact eigvecs(A) : invariant

# The largest eigenvalue of the symmetric part of A; it must be simple.
lambda_max : (n, n) -> (1, 1)
fact lambda_max(A) : invariant
d(lambda_max(A)) = eigvec_max(A)' * dA * eigvec_max(A)

lambda_min(A) = -lambda_max(-A)

# The unit eigenvector of lambda_max(A). Magnus & Neudecker (2019), chapter 9.
eigvec_max : (n, n) -> (n, 1)
fact eigvec_max(A) : invariant
d(eigvec_max(A)) = pinv(lambda_max(A) * I(rows(A)) - (A + A') / 2) * (dA + dA') / 2 * eigvec_max(A)

# The sum of the singular values, at full rank. Watson (1992).
nuclear_norm : (n, k) -> (1, 1)
fact nuclear_norm(A) : invariant
d(nuclear_norm(A)) = tr(polar(A)' * dA)

# U V' of the singular value decomposition A = U S V'.
polar : (n, k) -> (n, k)
fact polar(A) : equivariant

# The largest singular value; it must be simple. Watson (1992).
spectral_norm : (n, k) -> (1, 1)
fact spectral_norm(A) : invariant
d(spectral_norm(A)) = tr(singular_dyad(A)' * dA)

# u v' of the singular vectors of the largest singular value.
singular_dyad : (n, k) -> (n, k)
fact singular_dyad(A) : equivariant
