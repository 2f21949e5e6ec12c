"""Writes the reference files of this folder: python generate.py [NAME ...]
Needs Python 3.11 and torch 2.15.0, zuko 1.6.0.

Each file has the weights of a flow in Fluvia's order (short decimals, which both sides read alike), a context if it has one, and points:
a base draw x, the value y that the peer makes of it, log |det dy/dx| as the peer adds it up, the peer's log-density at y, which goes by
its inverse where it has one, and the Jacobian dy/dx (row-major) by the peer's automatic differentiation.

What is compared is the peer's: networks, masks and orders, what is kept and moved, transforms, inverses, sums of log-determinants,
densities. What is ours to say, because no two libraries agree on it, is how weights are laid out and where parameters are bounded.
"""
import os
import sys
from functools import partial

import numpy as np
import torch
import zuko
from zuko.flows import GeneralCouplingTransform, MaskedAutoregressiveTransform
from zuko.lazy import Flow, UnconditionalDistribution
from zuko.transforms import FreeFormJacobianTransform, MonotonicAffineTransform

HERE = os.path.dirname(os.path.abspath(__file__))
POINTS = 4
torch.set_default_dtype(torch.float64)


def numbers(values):
    return " ".join(repr(float(v)) for v in np.asarray(values).ravel())


class Weights:
    """Random weights, taken in Fluvia's order."""

    def __init__(self, seed):
        self.random = np.random.default_rng(seed)
        self.taken = []

    def take(self, *shape, scale=0.7):
        values = np.round(scale * self.random.standard_normal(shape), 2)
        self.taken.append(values.ravel())
        return values


def write(name, what, versions, weights, forward, log_density, dimension, context=(), spread=1.5):
    """forward: (n x d) to values (n x d) and log-determinants (n)."""
    x = torch.tensor(np.round(spread * np.random.default_rng(77).standard_normal((POINTS, dimension)), 3))
    y, log_det = forward(x)
    log_q = log_density(x, y, log_det)
    with open(os.path.join(HERE, name + ".txt"), "w") as out:
        out.write(f"# {what}\n# by generate.py with {versions}\n")
        out.write("weights " + numbers(np.concatenate(weights.taken)) + "\n")
        if len(context) > 0:
            out.write("context " + numbers(context) + "\n")
        out.write("# x; y; log |det dy/dx|; log-density at y; dy/dx\n")
        for i in range(POINTS):
            jacobian = torch.autograd.functional.jacobian(lambda p: forward(p[None])[0][0], x[i])
            out.write("; ".join(numbers(v.detach()) for v in (x[i], y[i], log_det[i], log_q[i], jacobian)) + "\n")
    print(name, sum(w.size for w in weights.taken), "weights,", os.path.getsize(os.path.join(HERE, name + ".txt")), "bytes")


ZUKO = f"zuko {zuko.__version__} (MIT), torch {torch.__version__} (BSD-3-Clause)"


def write_zuko(name, what, weights, transforms, dimension, inverted, context=()):
    """transforms: from the base to the value; inverted: they go the other way, the last one first on the value."""
    base = UnconditionalDistribution(zuko.distributions.DiagNormal, loc=torch.zeros(dimension), scale=torch.ones(dimension), buffer=True)
    order = list(reversed(transforms))
    flow = Flow(order if inverted else [t.inv for t in order], base)
    given = (torch.tensor(context),) if len(context) > 0 else ()
    distribution = flow(*given)
    write(name, what, ZUKO, weights, distribution.transform.inv.call_and_ladj, lambda x, y, log_det: distribution.log_prob(y), dimension,
          context)


class BoundedAffine(MonotonicAffineTransform):
    """zuko's affine transform with the log-scale bounded as Fluvia bounds it."""

    def __init__(self, shift, scale, bound, **kwargs):
        super(MonotonicAffineTransform, self).__init__(**kwargs)
        self.shift = shift
        self.log_scale = bound * torch.tanh(scale / bound)
        self.scale = self.log_scale.exp()


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


def masked(weights, dimension, reverse, hidden, context, univariate, shapes):
    """An autoregressive transform of zuko, in natural or in reverse order, with the context after the elements."""
    parameters = sum(int(np.prod(s)) for s in shapes)
    order = list(range(dimension))[::-1] if reverse else list(range(dimension))
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


AFFINE = [(), ()]
# of elements, at first and for the second pair of couplings, as the seed in PeersTest shuffles them
SHUFFLES = [[0, 1, 2, 3, 4], [3, 4, 1, 2, 0]]


def real_nvp():
    w = Weights(1)
    transforms = couplings(w, SHUFFLES, (5, 4), 0, partial(BoundedAffine, bound=2.0), AFFINE)
    write_zuko("realNvp", "RealNVP: 4 affine couplings, log-scales within 2, tanh networks of 5 and 4 units", w, transforms, 5, False)


def real_nvp_of_context():
    w = Weights(2)
    transforms = couplings(w, SHUFFLES, (4,), 2, partial(BoundedAffine, bound=2.0), AFFINE)
    write_zuko("realNvpOfContext", "RealNVP of a context: 4 affine couplings, tanh networks of 4 units", w, transforms, 5, False, [0.7, -1.2])


def autoregressive(name, what, seed, inverted, hidden, context=()):
    w = Weights(seed)
    transforms = [masked(w, 4, i % 2 == 1, hidden, len(context), partial(BoundedAffine, bound=2.0), AFFINE) for i in range(3)]
    write_zuko(name, what, w, transforms, 4, inverted, context)


def continuous(name, what, seed, hidden, context=()):
    """The transform is zuko's, with the divergence by automatic differentiation; the network's inputs are context, time and place."""
    dimension = 3
    w = Weights(seed)
    widths = [len(context) + 1 + dimension, *hidden, dimension]
    layers = [(torch.tensor(w.take(after, before)), torch.tensor(w.take(after))) for before, after in zip(widths, widths[1:])]

    def velocity(t, x):
        h = torch.cat([torch.tensor(context).expand(*x.shape[:-1], -1), t.expand(*x.shape[:-1], 1), x], -1)
        for matrix, bias in layers[:-1]:
            h = torch.tanh(h @ matrix.T + bias)
        return h @ layers[-1][0].T + layers[-1][1]

    transform = FreeFormJacobianTransform(velocity, atol=1e-13, rtol=1e-13)
    base = zuko.distributions.DiagNormal(torch.zeros(dimension), torch.ones(dimension))

    def log_density(x, y, log_det):
        back, log_det_back = transform.inv.call_and_ladj(y)
        return base.log_prob(back) + log_det_back

    write(name, what, ZUKO, w, transform.call_and_ladj, log_density, dimension, context)


CASES = {
    "realNvp": real_nvp,
    "realNvpOfContext": real_nvp_of_context,
    "maf": partial(autoregressive, "maf", "MAF: 3 masked networks of 7 and 5 tanh units, order reversed between them", 3, True, (7, 5)),
    "iaf": partial(autoregressive, "iaf", "IAF: 3 masked networks of 7 and 5 tanh units, order reversed between them", 4, False, (7, 5)),
    "mafOfContext": partial(autoregressive, "mafOfContext", "MAF of a context: 3 masked networks of 8 tanh units", 5, True, (8,), [0.3, -0.8]),
    "ffjord": partial(continuous, "ffjord", "FFJORD: a network of 6 and 5 tanh units", 6, (6, 5)),
    "ffjordOfContext": partial(continuous, "ffjordOfContext", "FFJORD of a context: a network of 8 tanh units", 7, (8,), [0.4, -1.1]),
}

for case in sys.argv[1:] or CASES:
    CASES[case]()
