# Linear algebra. Sources: Magnus & Neudecker (2019), chapter 8; Petersen & Pedersen (2012), chapter 2.

inv : (n, n) -> (n, n)
fact inv(A) : equivariant
domain inv(A) : det(A).^2 > 0
d(inv(A)) = -inv(A) * dA * inv(A)

det : (n, n) -> (1, 1)
fact det(A) : invariant
domain det(A) : det(A).^2 > 0
d(det(A)) = det(A) * tr(inv(A) * dA)

# log |det(A)|
logdet : (n, n) -> (1, 1)
fact logdet(A) : invariant
logdet(A) = log(abs(det(A)))
domain logdet(A) : det(A).^2 > 0
d(logdet(A)) = tr(inv(A) * dA)

solve(A, B) = inv(A) * B
