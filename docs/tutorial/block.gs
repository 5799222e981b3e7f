# A pre-norm transformer block: attention, then a feed-forward layer, each on a residual branch.
X : (b, t, d)
Wq, Wk, Wv, Wo : (d, d)

N1 = layernorm(X, g1, b1)
A  = attention(N1 Wq, N1 Wk, N1 Wv) Wo
X1 = X + A

N2 = layernorm(X1, g2, b2)
F  = gelu(N2 W1) W2
X2 = X1 + F

L = CE(X2 U, Y)
