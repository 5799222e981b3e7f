# Layers of neural networks.

attention(Q, K, V) = softmax(Q * K' / sqrt(cols(Q))) * V

attention(Q, K, V, M) = softmax(Q * K' / sqrt(cols(Q)) + M) * V

linear : rows (n, k), (k, m), (m) -> (n, m)
linear(X, W, b) = X * W + b'

glu : rows (n, k), (k, m), (k, m) -> (n, m)
glu(X, W, V) = sigmoid(X * W) .* (X * V)

reglu : rows (n, k), (k, m), (k, m) -> (n, m)
reglu(X, W, V) = relu(X * W) .* (X * V)

geglu : rows (n, k), (k, m), (k, m) -> (n, m)
geglu(X, W, V) = gelu(X * W) .* (X * V)

swiglu : rows (n, k), (k, m), (k, m) -> (n, m)
swiglu(X, W, V) = silu(X * W) .* (X * V)
