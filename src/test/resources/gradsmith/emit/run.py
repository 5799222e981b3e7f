"""Runs emitted code on the arguments of cases.txt, and prints what differs from what is expected."""
import os
import sys
import types

import numpy as np

target, dtype = sys.argv[1:3]
TOLERANCE = float(sys.argv[3])

if target == 'torch':
    import torch

    torch.set_default_dtype(getattr(torch, dtype))

if target == 'jax':
    import scipy.linalg
    import scipy.special

    jax = types.ModuleType('jax')
    jax.numpy = np
    jax.scipy = scipy
    jax.nn = types.SimpleNamespace(
        relu=lambda x: np.maximum(x, 0),
        sigmoid=scipy.special.expit,
        softplus=lambda x: np.logaddexp(x, 0),
        softmax=scipy.special.softmax,
        log_softmax=scipy.special.log_softmax,
    )
    sys.modules['jax'] = jax
    sys.modules['jax.numpy'] = np


def argument(value):
    if target != 'torch':
        return np.array(value, dtype) if isinstance(value, list) else value
    return torch.tensor(value, requires_grad=True)


def compare(name, what, actual, expected):
    actual = np.asarray(actual.detach().numpy() if target == 'torch' and torch.is_tensor(actual) else actual)
    expected = np.array(expected)
    if actual.shape != expected.shape:
        print(f'{name}: {what} has shape {actual.shape}, not {expected.shape}')
    elif not np.all(np.abs(actual - expected) <= TOLERANCE * (1 + np.max(np.abs(expected)))):
        print(f'{name}: {what} is\n{actual}, not\n{expected}')


def run(name, code, function, arguments, expected, differentiated):
    scope = {}
    exec(compile(code, name, 'exec'), scope)
    inputs = [argument(value) for value in arguments]
    results = scope[function](*inputs)
    if len(results) != len(expected):
        print(f'{name}: {len(results)} results, not {len(expected)}')
    for i, (actual, right) in enumerate(zip(results, expected)):
        compare(name, f'result {i}', actual, right)
    if target != 'torch' or not torch.is_tensor(results[0]) or results[0].dim() > 0:
        return
    for place, formula in zip(differentiated, results[1:]):
        if place >= 0 and results[0].requires_grad:
            (own,) = torch.autograd.grad(results[0], inputs[place], retain_graph=True, allow_unused=True)
            if own is not None:
                compare(name, f"torch's own gradient by argument {place}", own, formula.detach().numpy() if torch.is_tensor(formula) else formula)


def keeps_dtype(name, code, function, arguments, expected, differentiated):
    """Of arguments in float32 and plain numbers, the gradients by arrays are in float32."""
    scope = {}
    exec(compile(code, name, 'exec'), scope)
    inputs = [torch.tensor(a, dtype=torch.float32) if isinstance(a, list) else a for a in arguments]
    for place, result in zip(differentiated, scope[function](*inputs)[1:]):
        if place >= 0 and torch.is_tensor(result) and result.dim() > 0 and result.dtype != torch.float32:
            print(f'{name}: the gradient by argument {place} is of {result.dtype}')


with open(os.path.join(os.path.dirname(__file__), 'cases.txt')) as file:
    for case in eval(file.read()):
        try:
            run(*case)
            if target == 'torch':
                keeps_dtype(*case)
        except Exception as error:
            print(f'{case[0]}: {error!r}\n{case[1]}')
print("done")
