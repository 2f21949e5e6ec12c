"""Maps x + g(x) of normflows, torchflows and Pyro; see generate.py."""

import math
from importlib.metadata import version

import normflows as nf
import numpy as np
import torch
from files import write
from normflows.nets.lipschitz import Swish
from pyro.distributions.transforms import Sylvester
from torchflows.bijections.finite.residual.sylvester import BaseSylvester

TORCHFLOWS = f"torchflows {version('torchflows')} (MIT)"
TORCH = f"torch {torch.__version__} (BSD-3-Clause)"


def write_normflows(name, what, versions, weights, maps, dimension):
    """The density by what the maps say of the draw: they have no inverse."""
    base = nf.distributions.DiagGaussian(dimension, trainable=False).double()

    def forward(x):
        total = torch.zeros(len(x))
        for m in maps:
            x, log_det = m(x)
            total = total + log_det
        return x, total

    write(name, what, versions, weights, forward, lambda x, y, log_det: base.log_prob(x) - log_det, dimension)


def above_minus_one(a):
    """What keeps maps invertible: above -1 for any number, 0 for 0."""
    return np.where(a < 0, np.expm1(7 * np.tanh(a / 7)), a)


def planar(weights, dimension):
    """normflows has -1 + log(1 + exp(w'u)) in place of the above: its u is chosen so that both have the same w'v."""
    w, u, b = weights.take(dimension), weights.take(dimension), weights.take(1)
    free = w @ u
    slope = above_minus_one(free)
    v = u + (slope - free) * w / (w @ w)
    theirs = math.log(math.expm1(1 + slope))
    u = v - (slope - theirs) * w / (w @ w)
    return nf.flows.Planar((dimension,), u=torch.tensor(u[None]), w=torch.tensor(w[None]), b=torch.tensor(b))


def radial(weights, dimension):
    centre, log_radius, slope = weights.take(dimension), weights.take(1), weights.take(1)
    flow = nf.flows.Radial((dimension,), z_0=torch.tensor(centre[None]))
    alpha = np.exp(3 * np.tanh(log_radius / 3))
    beta = alpha * above_minus_one(slope)
    flow.alpha.data = torch.tensor(alpha)
    flow.beta.data = torch.tensor(np.log(np.expm1(beta + alpha)))
    return flow



class TanhSylvester(BaseSylvester):
    """torchflows' map has a sigmoid: tanh(p) = 2 sigmoid(2 p) - 1."""

    def __init__(self, q, r, r_tilde, b):
        super().__init__((q.shape[0],), m=q.shape[1])
        self.u = 2 * q @ r
        self.w = 2 * r_tilde @ q.T
        self.b.data = 2 * b

    def compute_u(self):
        return self.u

    def compute_w(self):
        return self.w

    def forward(self, x):
        y, log_det = self.inverse(x)
        return y - self.u.sum(1) / 2, log_det


def triangle(diagonal, above):
    m = len(diagonal)
    matrix = np.diag(diagonal)
    matrix[np.triu_indices(m, 1)] = above
    return torch.tensor(matrix)


def sylvester(weights, dimension, width, columns):
    q = columns(weights, dimension, width)
    slopes, log_diagonal, shift = (weights.take(width) for _ in range(3))
    above, above_tilde = (weights.take(width * (width - 1) // 2) for _ in range(2))
    diagonal = np.exp(3 * np.tanh(log_diagonal / 3))
    return TanhSylvester(q, triangle(above_minus_one(slopes) / diagonal, above), triangle(diagonal, above_tilde), torch.tensor(shift))


def reflections(weights, dimension, width):
    """Pyro's product of Householder reflections."""
    pyro = Sylvester(dimension, count_transforms=width).double()
    pyro.u_unnormed.data = torch.tensor(weights.take(width, dimension))
    return pyro.Q(torch.zeros(1)).detach()[:, :width]


def cayley(weights, dimension, width):
    """PyTorch's Cayley map."""
    matrix = np.zeros((dimension, dimension))
    below = [(i, j) for j in range(width) for i in range(j + 1, dimension)]
    for (i, j), value in zip(below, weights.take(len(below))):
        matrix[i, j] = -2 * value
    linear = torch.nn.Linear(dimension, dimension, bias=False)
    torch.nn.utils.parametrizations.orthogonal(linear, orthogonal_map="cayley", use_trivialization=False)
    linear.parametrizations.weight.original.data = torch.tensor(matrix)
    return linear.weight.detach()[:, :width]


def residual(weights, dimension, hidden, lipschitz):
    """normflows' power series of the log-determinant, to the end; linear layers scaled by the norm with which Fluvia bounds the spectral one."""
    widths = [dimension, *hidden, dimension]
    matrices = [weights.take(after, before) for before, after in zip(widths, widths[1:])]
    biases = [weights.take(width) for width in widths[2:]]
    sharpness = [weights.take(1) for _ in hidden]
    biases.insert(0, weights.take(widths[1]))
    most = lipschitz ** (1 / len(matrices))
    layers = []
    for i, (matrix, bias) in enumerate(zip(matrices, biases)):
        norm = np.sum(np.linalg.svd(matrix, compute_uv=False) ** 64) ** (1 / 64)
        linear = torch.nn.Linear(matrix.shape[1], matrix.shape[0])
        linear.weight.data = torch.tensor(matrix * most / max(norm, most))
        linear.bias.data = torch.tensor(bias)
        layers.append(linear)
        if i < len(hidden):
            layers.append(Swish())
            layers[-1].beta.data = torch.tensor(sharpness[i])
    series = math.ceil(math.log(1e-18) / math.log(lipschitz))
    return nf.flows.Residual(torch.nn.Sequential(*layers), reverse=False, reduce_memory=False, n_power_series=series, exact_trace=True)


def affine(weights, dimension):
    flow = nf.flows.AffineConstFlow((dimension,)).double()
    shift, scale = weights.take(dimension), weights.take(dimension)
    flow.t.data = torch.tensor(shift[None])
    flow.s.data = torch.tensor(scale[None])
    return flow
