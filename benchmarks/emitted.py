#!/usr/bin/env python3
"""Times the code that gradsmith emits beside PyTorch's own differentiation, as ratios in one run.

Needs PyTorch and NumPy. One thread, float64, medians; the two (or three) programs of a case take turns, so that
what disturbs the machine disturbs all of them.
"""

import os
import subprocess
import sys
import time

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"

import numpy as np
import torch
import torch.nn.functional as F

torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
HOME = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")


def emitted(target, program, *options):
    """Returns the function that gradsmith writes for a program."""
    command = [os.path.join(HOME, "gradsmith"), "--emit", target, *options, "--", program]
    code = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    scope = {}
    exec(compile(code, target, "exec"), scope)
    name = next(name for name in scope if name.startswith("value_and_"))
    return scope[name]


def randn(*shape):
    return torch.randn(*shape) / max(1, shape[-1]) ** 0.5


def onehot(*shape):
    return F.one_hot(torch.randint(shape[-1], shape[:-1]), shape[-1]).double()


def cross_entropy(Z, Y):
    return -(Y * torch.log_softmax(Z, -1)).sum()


def running(X, W1, W2, Y):
    return cross_entropy(torch.softmax(torch.relu(X @ W1) + X, -1) @ W2, Y)


def attention(X, Wq, Wk, Wv, U, Y):
    P = torch.softmax((X @ Wq) @ (X @ Wk).T / Wq.shape[1] ** 0.5, -1)
    return cross_entropy(P @ (X @ Wv) @ U, Y)


def layernorm(X, g, b, C):
    return (C * F.layer_norm(X, X.shape[-1:], g, b)).sum()


def gelu(X, W, C):
    return (C * F.gelu(X @ W)).sum()


def block(X, g1, b1, Wq, Wk, Wv, Wo, g2, b2, W1, W2, U, Y):
    N1 = F.layer_norm(X, X.shape[-1:], g1, b1)
    P = torch.softmax((N1 @ Wq) @ (N1 @ Wk).transpose(-1, -2) / X.shape[-1] ** 0.5, -1)
    X1 = X + P @ (N1 @ Wv) @ Wo
    N2 = F.layer_norm(X1, X.shape[-1:], g2, b2)
    X2 = X1 + F.gelu(N2 @ W1) @ W2
    return cross_entropy(X2 @ U, Y)


def logistic(X, w, y):
    return F.softplus(-y * (X @ w)).sum()


BLOCK = """
X : (b, t, d); Wq, Wk, Wv, Wo : (d, d)
N1 = layernorm(X, g1, b1)
X1 = X + attention(N1 Wq, N1 Wk, N1 Wv) Wo
N2 = layernorm(X1, g2, b2)
X2 = X1 + gelu(N2 W1) W2
L = CE(X2 U, Y)
"""


def block_inputs(b, t, d, h, k):
    return dict(
        X=randn(b, t, d), g1=torch.ones(d), b1=torch.zeros(d), Wq=randn(d, d), Wk=randn(d, d), Wv=randn(d, d),
        Wo=randn(d, d), g2=torch.ones(d), b2=torch.zeros(d), W1=randn(d, h), W2=randn(h, d), U=randn(d, k),
        Y=onehot(b, t, k))


def running_inputs(n, d, k):
    return dict(X=randn(n, d), W1=randn(d, d), W2=randn(d, k), Y=onehot(n, k))


# name, program, the same in PyTorch, inputs, what is a constant
CASES = [
    ("running example (64, 64, 10)", "L = CE(softmax(relu(X W1) + X) W2, Y)", running, running_inputs(64, 64, 10), "Y"),
    ("running example (512, 512, 1000)", "L = CE(softmax(relu(X W1) + X) W2, Y)", running,
     running_inputs(512, 512, 1000), "Y"),
    ("attention + CE (256, 256)", "Wq, Wk, Wv : (d, d); L = CE(attention(X Wq, X Wk, X Wv) U, Y)", attention,
     dict(X=randn(256, 256), Wq=randn(256, 256), Wk=randn(256, 256), Wv=randn(256, 256), U=randn(256, 256),
          Y=onehot(256, 256)), "Y"),
    ("layernorm (512, 512)", "L = sum(C .* layernorm(X, g, b))", layernorm,
     dict(X=randn(512, 512), g=torch.ones(512), b=torch.zeros(512), C=randn(512, 512)), "C"),
    ("gelu (512, 512)", "L = sum(C .* gelu(X W))", gelu,
     dict(X=randn(512, 512), W=randn(512, 512), C=randn(512, 512)), "C"),
    ("pre-norm block (4, 64, 128)", BLOCK, block, block_inputs(4, 64, 128, 512, 100), "Y"),
    ("logistic gradient (10000, 100)", "X : (n, d); y : (n); L = sum(softplus(-y .* (X w)))", logistic,
     dict(X=randn(10000, 100), w=randn(100), y=torch.sign(torch.randn(10000))), "Xy"),
]


def autograd(function, inputs, constants):
    leaves = {name: t.clone().requires_grad_(name not in constants) for name, t in inputs.items()}

    def run():
        value = function(**leaves)
        return (value, *torch.autograd.grad(value, [t for t in leaves.values() if t.requires_grad]))

    return run


def hessian(inputs):
    w = inputs["w"]
    return lambda: (torch.autograd.functional.hessian(lambda v: logistic(inputs["X"], v, inputs["y"]), w),)


def medians(programs):
    """Runs the programs in turns for a few seconds and returns the median time of each."""
    times = [[] for _ in programs]
    for program in programs:
        program()
    end = time.perf_counter() + float(os.environ.get("SECONDS_PER_CASE", "6"))
    while time.perf_counter() < end or len(times[0]) < 11:
        for program, seconds in zip(programs, times):
            start = time.perf_counter()
            program()
            seconds.append(time.perf_counter() - start)
    return [sorted(seconds)[len(seconds) // 2] for seconds in times]


def agree(a, b):
    a, b = (torch.as_tensor(np.asarray(x)) for x in (a, b))
    return bool((a - b).abs().max() <= 1e-8 * (1 + b.abs().max()))


def row(name, program, options, inputs, reference, offset=0):
    """Prints the ratio of emitted torch and NumPy code to the reference; their results must agree."""
    arrays = {key: t.numpy() for key, t in inputs.items()}
    torch_code, numpy_code = (emitted(target, program, *options) for target in ("torch", "numpy"))
    order = torch_code.__code__.co_varnames[: torch_code.__code__.co_argcount]
    programs = [
        reference,
        lambda: torch_code(*(inputs[key] for key in order)),
        lambda: numpy_code(*(arrays[key] for key in order)),
    ]
    results = [[x.detach() for x in reference()], programs[1]()[offset:], programs[2]()[offset:]]
    for result in results[1:]:
        assert all(agree(a, b) for a, b in zip(result, results[0])), name
    base, *others = medians(programs)
    print(f"| {name} | {1e3 * base:.3g} ms | " + " | ".join(f"{t / base:.2f}" for t in others) + " |", flush=True)


def main():
    wanted = sys.argv[1:]
    print("| case | torch autograd | emitted torch | emitted NumPy |\n|---|---|---|---|")
    for name, program, function, inputs, constants in CASES:
        if not wanted or any(word in name for word in wanted):
            by = ",".join(key for key in inputs if key not in constants)
            row(name, program, ["--wrt", by], inputs, autograd(function, inputs, constants))
    if not wanted or any(word in "logistic Hessian" for word in wanted):
        inputs = CASES[-1][3]
        row("logistic Hessian (10000, 100)", CASES[-1][1], ["--hessian", "w"], inputs, hessian(inputs), offset=1)


main()
