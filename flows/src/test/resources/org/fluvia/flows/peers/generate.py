"""Writes the reference files of this folder: python generate.py [NAME ...]
Needs Python 3.11, torch 2.15.0, zuko 1.6.0, normflows 1.7.3, pyro-ppl 1.9.2, torchflows 1.2.1, numpy 2.4.6 (pip install --no-deps
serves for the two before the last).

Each file has the weights of a flow in Fluvia's order (short decimals, which both sides read alike), a context if it has one, and points:
a base draw x, the value y that the peer makes of it, log |det dy/dx| as the peer adds it up, the peer's log-density at y, which goes by
its inverse where it has one, and the Jacobian dy/dx (row-major) by the peer's automatic differentiation.

What is compared is the peer's: networks, masks and orders, what is kept and moved, transforms, inverses, sums of log-determinants,
densities. What is ours to say, because no two libraries agree on it, is how weights are laid out and where parameters are bounded.
"""
import sys
from functools import partial

from chains import ZUKO, couplings, masked, write_zuko
from continuous import continuous, density
from files import Weights, write
from residuals import affine, cayley, planar, radial, reflections, residual, sylvester, write_normflows
from residuals import TORCH, TORCHFLOWS
from transforms import NORMFLOWS, PYRO, BoundedAffine, Spline, bernstein, deep_sigmoidal, sum_of_squares, unconstrained_monotonic

# of elements, at first and for the second pair of couplings, as the seed in PeersTest shuffles them
SHUFFLES = [[0, 1, 2, 3, 4], [3, 4, 1, 2, 0]]
# of elements in masked layers, as the seed in PeersTest shuffles them
ORDERS = {2: [[0, 1, 2, 3], [3, 2, 1, 0]], 3: [[0, 1, 2, 3], [0, 3, 2, 1], [1, 2, 3, 0]]}
AFFINE = {"univariate": partial(BoundedAffine, bound=2.0), "shapes": [(), ()]}


def coupled(name, what, seed, hidden, univariate, shapes, context=(), **kwargs):
    w = Weights(seed)
    write_zuko(name, what, w, couplings(w, SHUFFLES, hidden, len(context), univariate, shapes), 5, False, context, **kwargs)


def autoregressive(name, what, seed, inverted, hidden, univariate, shapes, context=(), layers=3, scale=0.7, **kwargs):
    w = Weights(seed, scale)
    transforms = [masked(w, order, hidden, len(context), univariate, shapes) for order in ORDERS[layers]]
    write_zuko(name, what, w, transforms, 4, inverted, context, **kwargs)


def maps(name, what, seed, versions, dimension, makers):
    w = Weights(seed)
    write_normflows(name, what, versions + ", " + TORCH, w, [make(w, dimension) for make in makers], dimension)


def solved(name, what, seed, hidden, context=()):
    w = Weights(seed)
    transform = continuous(w, 3, hidden, context)
    write(name, what, ZUKO, w, transform.call_and_ladj, density(transform, 3), 3, context)


SPLINE = {"univariate": partial(Spline, bound=3.0), "shapes": [(4,), (4,), (3,)]}

CASES = {
    "realNvp": partial(coupled, what="RealNVP: 4 couplings, log-scales within 2, networks of 5 and 4 tanh units", seed=1, hidden=(5, 4),
                       **AFFINE),
    "realNvpOfContext": partial(coupled, what="RealNVP of a context: 4 couplings, networks of 4 tanh units", seed=2, hidden=(4,),
                                context=[0.7, -1.2], **AFFINE),
    "maf": partial(autoregressive, what="MAF: 3 masked networks of 7 and 5 tanh units, each in an order of its own", seed=3, inverted=True,
                   hidden=(7, 5), **AFFINE),
    "iaf": partial(autoregressive, what="IAF: 3 masked networks of 7 and 5 tanh units, each in an order of its own", seed=4, inverted=False,
                   hidden=(7, 5), **AFFINE),
    "mafOfContext": partial(autoregressive, what="MAF of a context: 3 masked networks of 8 tanh units", seed=5, inverted=True, hidden=(8,),
                            context=[0.3, -0.8], **AFFINE),
    "splineCoupling": partial(coupled, what="spline couplings: 4, of 4 bins within 3, networks of 3 tanh units", seed=6, hidden=(3,),
                              versions=ZUKO + ", " + NORMFLOWS, scaled=True, **SPLINE),
    "splineAutoregressive": partial(autoregressive, what="autoregressive splines: 2 layers of 4 bins within 3, 6 tanh units", seed=7,
                                    inverted=True, layers=2, hidden=(6,), versions=ZUKO + ", " + NORMFLOWS, scaled=True, **SPLINE),
    "naf": partial(autoregressive, what="NAF: 2 layers of 3 sigmoids, masked networks of 6 tanh units", seed=8, inverted=False, layers=2,
                   hidden=(6,), versions=ZUKO + ", " + PYRO, univariate=deep_sigmoidal, shapes=[(), (3,), (3,), (3,)]),
    "sumOfSquares": partial(autoregressive, what="sums of 2 squares of degree 2 within 10: 2 layers, 6 tanh units", seed=9, inverted=False,
                            layers=2, hidden=(6,), scale=0.3, spread=1.0, shapes=[(), (6,)],
                            univariate=partial(sum_of_squares, polynomials=2, bound=10.0)),
    "bernstein": partial(autoregressive, what="Bernstein polynomials of degree 5 within 10: 2 layers, 6 tanh units", seed=10, inverted=False,
                         layers=2, hidden=(6,), scale=0.4, univariate=partial(bernstein, bound=10.0), shapes=[(), (5,)]),
    "unconstrainedMonotonic": partial(autoregressive, what="UMNN: 2 layers of 3 units within 10, masked networks of 6 tanh units", seed=11,
                                      inverted=False, layers=2, hidden=(6,), scale=0.4, shapes=[(), (), (3,), (3,), (3,)],
                                      univariate=partial(unconstrained_monotonic, bound=10.0)),
    "ffjord": partial(solved, what="FFJORD: a network of 6 and 5 tanh units", seed=6, hidden=(6, 5)),
    "ffjordOfContext": partial(solved, what="FFJORD of a context: a network of 8 tanh units", seed=7, hidden=(8,), context=[0.4, -1.1]),
    "planar": partial(maps, what="planar: 3 maps", seed=12, versions=NORMFLOWS, dimension=3, makers=[planar] * 3),
    "radial": partial(maps, what="radial: 3 maps", seed=13, versions=NORMFLOWS, dimension=3, makers=[radial] * 3),
    "sylvester": partial(maps, what="Sylvester: 2 maps of 3 bends, Cayley's transform", seed=14, versions=TORCHFLOWS, dimension=4,
                         makers=[partial(sylvester, width=3, columns=cayley)] * 2),
    "sylvesterOfReflections": partial(maps, what="Sylvester: 2 maps of 2 bends, Householder reflections", seed=15,
                                      versions=TORCHFLOWS + ", " + PYRO, dimension=4,
                                      makers=[partial(sylvester, width=2, columns=reflections)] * 2),
    "residual": partial(maps, what="residual: 2 networks of 5 and 4 LipSwish units, Lipschitz constant 0.9, each with a scale and a shift",
                        seed=16, versions=NORMFLOWS, dimension=3, makers=[partial(residual, hidden=(5, 4), lipschitz=0.9), affine] * 2),
}

for name in sys.argv[1:] or CASES:
    CASES[name](name)
