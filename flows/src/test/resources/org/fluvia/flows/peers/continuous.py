"""Continuous flows by zuko's solver; see generate.py."""

import torch
import zuko
from zuko.transforms import FreeFormJacobianTransform


def continuous(weights, dimension, hidden, context):
    """The transform, with the divergence by automatic differentiation; the network's inputs are context, time and place."""
    widths = [len(context) + 1 + dimension, *hidden, dimension]
    layers = [(torch.tensor(weights.take(after, before)), torch.tensor(weights.take(after))) for before, after in zip(widths, widths[1:])]

    def velocity(t, x):
        h = torch.cat([torch.tensor(context).expand(*x.shape[:-1], -1), t.expand(*x.shape[:-1], 1), x], -1)
        for matrix, bias in layers[:-1]:
            h = torch.tanh(h @ matrix.T + bias)
        return h @ layers[-1][0].T + layers[-1][1]

    return FreeFormJacobianTransform(velocity, atol=1e-13, rtol=1e-13)


def density(transform, dimension):
    """By the way back."""
    base = zuko.distributions.DiagNormal(torch.zeros(dimension), torch.ones(dimension))

    def log_density(x, y, log_det):
        back, log_det_back = transform.inv.call_and_ladj(y)
        return base.log_prob(back) + log_det_back

    return log_density
