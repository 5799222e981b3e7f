# Losses. They sum over rows; a label is not differentiated by unless asked for. Classes are labels whose rows sum to 1.

# Cross-entropy of logits Z.
CE : rows (n, k) logits, (n, k) classes -> ()
CE(Z, Y) = -sum(Y .* logsoftmax(Z))
d(CE(Z, Y)) = sum((rowsum(Y) .* softmax(Z) - Y) .* dZ) - sum(logsoftmax(Z) .* dY)

mean_CE : rows (n, k) logits, (n, k) classes -> ()
mean_CE(Z, Y) = CE(Z, Y) / (numel(Z) / cols(Z))

# Negative log likelihood of probabilities P.
NLL : (n, k), (n, k) classes -> ()
NLL(P, Y) = -sum(Y .* log(P))

# Binary cross-entropy of logits Z.
BCE : (n, k) logits, (n, k) label -> ()
BCE(Z, Y) = sum(softplus(Z) - Y .* Z)

MSE : (n, k), (n, k) label -> ()
MSE(A, B) = sum((A - B).^2) / numel(A)

SSE : (n, k), (n, k) label -> ()
SSE(A, B) = sum((A - B).^2)

KL : (n, k), (n, k) -> ()
KL(P, Q) = sum(P .* (log(P) - log(Q)))

# Huber (1964), with threshold a.
huber : (n, k), (n, k) label, () -> ()
huber(A, B, a) = sum(min(abs(A - B), a) .* (abs(A - B) - min(abs(A - B), a) / 2))
domain huber(A, B, a) : a > 0
d(huber(A, B, a)) = sum(max(min(A - B, a), -a) .* (dA - dB)) + sum(relu(abs(A - B) - a)) * da

hinge : (n, k), (n, k) label -> ()
hinge(Z, Y) = sum(relu(1 - Y .* Z))
