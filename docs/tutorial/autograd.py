

# What PyTorch's own differentiation says of the same numbers.
torch.manual_seed(0)
X, W1, W2 = torch.randn(5, 4), torch.randn(4, 4), torch.randn(4, 3)
Y = torch.nn.functional.one_hot(torch.tensor([0, 2, 1, 1, 0]), 3)
L, *gradients = value_and_grad(X, W1, W2, Y)
leaves = [tensor.clone().requires_grad_() for tensor in (X, W1, W2)]
logits = torch.softmax(torch.relu(leaves[0] @ leaves[1]) + leaves[0], dim=-1) @ leaves[2]
torch.nn.functional.cross_entropy(logits, Y.float(), reduction="sum").backward()
for name, gradient, leaf in zip(("X", "W1", "W2"), gradients, leaves):
    print(name, torch.allclose(gradient, leaf.grad, atol=1e-6))
