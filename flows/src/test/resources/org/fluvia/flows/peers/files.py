"""Weights for both sides, and the files; see generate.py."""

import os

import numpy as np
import torch

HERE = os.path.dirname(os.path.abspath(__file__))
POINTS = 4
torch.set_default_dtype(torch.float64)


def numbers(values):
    return " ".join(repr(float(v)) for v in np.asarray(values).ravel())


class Weights:
    """Random weights, taken in Fluvia's order."""

    def __init__(self, seed, scale=0.7):
        self.random = np.random.default_rng(seed)
        self.scale = scale
        self.taken = []

    def take(self, *shape):
        values = np.round(self.scale * self.random.standard_normal(shape), 2)
        self.taken.append(values.ravel())
        return values


def write(name, what, versions, weights, forward, log_density, dimension, context=(), spread=1.5):
    """forward: of (n x d) the values (n x d) and log-determinants (n)."""
    x = torch.tensor(np.round(spread * np.random.default_rng(77).standard_normal((POINTS, dimension)), 3))
    y, log_det = forward(x)
    log_q = log_density(x, y, log_det)
    lines = []
    for i in range(POINTS):
        jacobian = torch.autograd.functional.jacobian(lambda p: forward(p[None])[0][0], x[i])
        # the peer with itself
        assert abs(torch.linalg.slogdet(jacobian)[1] - log_det[i]) < 1e-11, name
        base = torch.distributions.Normal(0.0, 1.0).log_prob(x[i]).sum()
        assert abs(base - log_det[i] - log_q[i]) < 1e-10, (name, base - log_det[i], log_q[i])
        lines.append("; ".join(numbers(v.detach()) for v in (x[i], y[i], log_det[i], log_q[i], jacobian)) + "\n")
    path = os.path.join(HERE, name + ".txt")
    with open(path, "w") as out:
        out.write(f"# {what}\n# by generate.py with {versions}\n")
        out.write("weights " + numbers(np.concatenate(weights.taken)) + "\n")
        if len(context) > 0:
            out.write("context " + numbers(context) + "\n")
        out.write("# x; y; log |det dy/dx|; log-density at y; dy/dx\n")
        out.writelines(lines)
    print(name, sum(w.size for w in weights.taken), "weights,", os.path.getsize(path), "bytes")
