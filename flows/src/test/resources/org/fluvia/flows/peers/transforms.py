"""Univariate maps of zuko, normflows and Pyro, with parameters bounded as Fluvia bounds them; see generate.py."""

import math
from importlib.metadata import version

import torch
from normflows.utils.splines import unconstrained_rational_quadratic_spline
from pyro.distributions.transforms import NeuralAutoregressive
from torch.distributions import Transform, constraints
from zuko.transforms import BernsteinTransform, MonotonicAffineTransform, MonotonicTransform, SOSPolynomialTransform
from zuko.transforms import UnconstrainedMonotonicTransform

NORMFLOWS = f"normflows {version('normflows')} (MIT)"
PYRO = f"pyro-ppl {version('pyro-ppl')} (Apache-2.0)"
# of inverses by bisection: within this, to that
BISECTION = {"bound": 40.0, "eps": 1e-13}
# of a spline's bins and slopes, and of other slopes
LEAST = 1e-3
LEAST_SLOPE = 0.01


def soft_clip(parameter, bound):
    return bound * torch.tanh(parameter / bound)


class BoundedAffine(MonotonicAffineTransform):
    """zuko's affine transform."""

    def __init__(self, shift, scale, bound, **kwargs):
        super(MonotonicAffineTransform, self).__init__(**kwargs)
        self.shift = shift
        self.log_scale = soft_clip(scale, bound)
        self.scale = self.log_scale.exp()


class Spline(Transform):
    """normflows' rational-quadratic spline, whose parameters are Fluvia's but for a constant that makes slopes 1 at 0."""

    domain = constraints.real
    codomain = constraints.real
    bijective = True
    sign = 1

    def __init__(self, widths, heights, slopes, bound):
        super().__init__()
        self.parameters = (widths, heights, slopes + math.log(math.expm1(1 - LEAST)))
        self.bound = bound

    def spline(self, x, inverse=False):
        return unconstrained_rational_quadratic_spline(x, *self.parameters, inverse=inverse, tail_bound=self.bound, min_bin_width=LEAST,
                                                       min_bin_height=LEAST, min_derivative=LEAST)

    def _call(self, x):
        return self.spline(x)[0]

    def _inverse(self, y):
        return self.spline(y, inverse=True)[0]

    def log_abs_det_jacobian(self, x, y):
        return self.spline(x)[1]

    def call_and_ladj(self, x):
        return self.spline(x)


def deep_sigmoidal(shift, steepness, offset, share):
    """Pyro's deep sigmoidal flow, of which a hundredth is a straight line; inverted and differentiated by zuko."""
    units = share.shape[-1]
    pivots = torch.linspace(-2, 2, units) if units > 1 else torch.zeros(1)
    a = torch.exp(soft_clip(steepness, 4))
    b = pivots * (1 - a) + soft_clip(offset, 10)
    parameters = [torch.log(torch.expm1(a)), soft_clip(share, 10), b]
    pyro = NeuralAutoregressive(lambda x: [p.transpose(-1, -2) for p in parameters], hidden_units=units)
    return MonotonicTransform(lambda x: shift + LEAST_SLOPE * x + (1 - LEAST_SLOPE) * pyro._call(x), **BISECTION)


class Shifted:
    """Of a map of zuko by its integral: what it adds to it."""

    def __init__(self, shift, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.shift = shift

    def f(self, x):
        return super().f(x) + self.shift


class ShiftedSquares(Shifted, SOSPolynomialTransform):
    pass


def sum_of_squares(shift, coefficients, polynomials, bound):
    """zuko's means of (1 + a polynomial)^2 as sums of (c_k + a polynomial)^2, whose c_k are as 1 : 2 : ... and c_k^2 have the sum 1."""
    a = soft_clip(coefficients.unflatten(-1, (-1, polynomials)).transpose(-1, -2), 2)
    c = torch.sqrt(torch.arange(1, polynomials + 1) * 2 / (polynomials * (polynomials + 1)))
    scale = math.sqrt(polynomials * (1 - LEAST_SLOPE))
    first = scale * (c[:, None] + a[..., :1]) - 1
    return ShiftedSquares(shift, torch.cat((first, scale * a[..., 1:]), -1), slope=LEAST_SLOPE, bound=bound, eps=1e-13)


class IncreasingBernstein(BernsteinTransform):
    """With the coefficients that are given."""

    @staticmethod
    def _constrain_theta(theta):
        return theta


def bernstein(shift, log_slopes, bound):
    steps = torch.exp(soft_clip(log_slopes, 4)) * 2 * bound / log_slopes.shape[-1]
    theta = torch.cat((torch.zeros_like(steps[..., :1]), torch.cumsum(steps, -1)), -1)
    return IncreasingBernstein(shift[..., None] + theta - theta[..., -1:] / 2, bound=bound, eps=1e-13)


class ShiftedIntegral(Shifted, UnconstrainedMonotonicTransform):
    pass


def unconstrained_monotonic(shift, log_scale, steepness, offset, height, bound):
    units = height.shape[-1]
    a = soft_clip(steepness, 8 / bound)
    v = height / torch.sqrt(1 + units / 9 * height.square().sum(-1, keepdim=True))

    def slope(x):
        return torch.exp(soft_clip(log_scale, 2) + (v * torch.tanh(a * x[..., None] + offset)).sum(-1))

    return ShiftedIntegral(shift, slope, n=16, phi=(log_scale, a, v, offset), bound=bound, eps=1e-13)
