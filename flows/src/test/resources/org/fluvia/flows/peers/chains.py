"""Chains of zuko's couplings and masked autoregressive transforms; see generate.py."""

import numpy as np
import torch
import zuko
from files import write
from torch.distributions import AffineTransform
from zuko.flows import GeneralCouplingTransform, MaskedAutoregressiveTransform
from zuko.lazy import Flow, UnconditionalDistribution, UnconditionalTransform

ZUKO = f"zuko {zuko.__version__} (MIT), torch {torch.__version__} (BSD-3-Clause)"


def write_zuko(name, what, weights, transforms, dimension, inverted, context=(), versions=ZUKO, spread=1.5, scaled=False):
    """transforms: from the base to the value, unless they are inverted; then a scale and a shift of each element, if scaled."""
    base = UnconditionalDistribution(zuko.distributions.DiagNormal, loc=torch.zeros(dimension), scale=torch.ones(dimension), buffer=True)
    order = list(reversed(transforms))
    order = order if inverted else [t.inv for t in order]
    if scaled:
        shift, log_scale = torch.tensor(weights.take(dimension)), torch.tensor(weights.take(dimension))
        order.insert(0, UnconditionalTransform(AffineTransform, shift, log_scale.exp(), event_dim=1, buffer=True).inv)
    flow = Flow(order, base)
    given = (torch.tensor(context),) if len(context) > 0 else ()
    distribution = flow(*given)
    write(name, what, versions, weights, distribution.transform.inv.call_and_ladj, lambda x, y, log_det: distribution.log_prob(y), dimension,
          context, spread)


def fill(network, matrices, biases):
    layers = [m for m in network if hasattr(m, "weight")]
    assert len(layers) == len(matrices)
    with torch.no_grad():
        for layer, matrix, bias in zip(layers, matrices, biases):
            assert layer.weight.shape == matrix.shape, (layer.weight.shape, matrix.shape)
            layer.weight.copy_(torch.tensor(matrix))
            layer.bias.copy_(torch.tensor(bias))


def coupling(weights, dimension, kept, moved, hidden, context, univariate, shapes):
    """A coupling of zuko, which takes elements in ascending order, and the context after them."""
    parameters = sum(int(np.prod(s)) for s in shapes)
    mask = torch.zeros(dimension, dtype=bool)
    mask[torch.tensor(kept)] = True
    transform = GeneralCouplingTransform(dimension, context, mask=mask, univariate=univariate, shapes=shapes, hidden_features=hidden,
                                         activation=torch.nn.Tanh)
    widths = [context + len(kept), *hidden, parameters * len(moved)]
    matrices, biases = [], []
    for before, after in zip(widths, widths[1:]):
        matrices.append(weights.take(after, before))
        biases.append(weights.take(after))
    matrices[0] = matrices[0][:, [context + i for i in np.argsort(kept)] + list(range(context))]
    rows = [p * len(moved) + e for e in np.argsort(moved) for p in range(parameters)]
    fill(transform.hyper, matrices[:-1] + [matrices[-1][rows]], biases[:-1] + [biases[-1][rows]])
    return transform


def couplings(weights, shuffles, hidden, context, univariate, shapes):
    """Two couplings for each order of elements: the second part moves, then the first."""
    transforms = []
    for order in shuffles:
        half = (len(order) + 1) // 2
        for kept, moved in ((order[:half], order[half:]), (order[half:], order[:half])):
            transforms.append(coupling(weights, len(order), kept, moved, hidden, context, univariate, shapes))
    return transforms


def masked(weights, elements, hidden, context, univariate, shapes):
    """An autoregressive transform of zuko with the elements in this order, and the context after them."""
    dimension = len(elements)
    parameters = sum(int(np.prod(s)) for s in shapes)
    order = np.argsort(elements).tolist()  # the place of each element
    transform = MaskedAutoregressiveTransform(dimension, context, order=order, univariate=univariate, shapes=shapes,
                                              hidden_features=hidden, activation=torch.nn.Tanh)
    layers = [m for m in transform.hyper if hasattr(m, "weight")]
    # ours: a unit of degree m sees the first m elements
    lowest = 0 if context > 0 else 1
    seen = np.array([0] * context + list(range(1, dimension + 1)))
    # theirs: inputs that a unit sees, whose number gives its degree
    place = np.array([context + i for i in order] + list(range(context)))  # of their inputs among ours
    sees = np.eye(dimension + context, dtype=bool)
    matrices, biases = [], []
    for layer, width in zip(layers, [*hidden, parameters * dimension]):
        last = layer is layers[-1]
        if last:
            degrees = np.arange(width) % dimension
        else:
            degrees = lowest + np.arange(width) * (dimension - lowest) // width
        connected = seen[None, :] <= degrees[:, None]
        matrix = np.zeros(connected.shape)
        matrix[connected] = weights.take(connected.sum())
        bias = weights.take(width)
        sees = (layer.mask.numpy().astype(int) @ sees.astype(int)) > 0
        if last:
            rows = np.array([p * dimension + order[e] for e in range(dimension) for p in range(parameters)])
        else:
            # units of equal degree in equal order
            theirs = np.argsort(sees[:, :dimension].sum(1), kind="stable")
            rows = np.empty(width, dtype=int)
            rows[theirs] = np.argsort(degrees, kind="stable")
        assert np.array_equal(layer.mask.numpy(), connected[rows][:, place])
        matrices.append(matrix[rows][:, place])
        biases.append(bias[rows])
        seen, place = degrees, rows
    fill(transform.hyper, matrices, biases)
    return transform
