"""Values of the monotone transformers of one element, from their papers' formulas with 40 digits (mpmath 1.3): python monotone.py > monotone.txt

A line is a name, two sizes, the bound, the parameters in their order, x, y and log dy/dx. Beyond the bound a curve goes on along its tangent.
"umnn" integrates by the rule of 16 nodes, as the transformer does; "integral" is the same network's integral itself.
"""
import random

from mpmath import binomial, diff, exp, legendre, log, mp, mpf, polyroots, quad, sqrt, tanh, taylor

mp.dps = 40
random.seed(1)


def clip(p, c):
    return c * tanh(mpf(p) / c)


def sigmoid(z):
    return 1 / (1 + exp(-z))


def naf(units, _, bound, w):
    shift, steep, offset, share = w[0], w[1:1 + units], w[1 + units:1 + 2 * units], w[1 + 2 * units:]
    a = [exp(clip(s, 4)) for s in steep]
    t = [4 * mpf(j) / (units - 1) - 2 for j in range(units)]
    e = [exp(clip(s, 10)) for s in share]

    def f(x):
        z = [a[j] * (x - t[j]) + t[j] + clip(offset[j], 10) for j in range(units)]
        above = sum(e[j] * sigmoid(z[j]) for j in range(units))
        below = sum(e[j] * sigmoid(-z[j]) for j in range(units))
        least = mpf(1) / 100
        return shift + least * x + (1 - least) * log(above / below)
    return f


def network(units, bound, w):
    steep, offset, height = w[2:2 + units], w[2 + units:2 + 2 * units], w[2 + 2 * units:]
    v = [h / sqrt(1 + units * sum(mpf(r) ** 2 for r in height) / 9) for h in height]
    a = [clip(s, mpf(8) / bound) for s in steep]
    return lambda u: exp(clip(w[1], 2) + sum(v[j] * tanh(a[j] * u + offset[j]) for j in range(units)))


NODES = polyroots(taylor(lambda z: legendre(16, z), 0, 16)[::-1], maxsteps=200, extraprec=200)
WEIGHTS = [2 / ((1 - z ** 2) * diff(lambda t: legendre(16, t), z) ** 2) for z in NODES]


def umnn(units, _, bound, w):
    g = network(units, bound, w)
    return lambda x: w[0] + x * sum(c / 2 * g(x * (1 + z) / 2) for z, c in zip(NODES, WEIGHTS))


def integral(units, _, bound, w):
    g = network(units, bound, w)
    return lambda x: w[0] + quad(g, [0, x / 4, x / 2, x])


def sos(polynomials, degree, bound, w):
    def slope(u):
        total = mpf(0)
        for k in range(polynomials):
            c = sqrt(mpf(2) * (k + 1) / (polynomials * (polynomials + 1)))
            total += (c + sum(clip(w[1 + l * polynomials + k], 2) * (u / bound) ** l for l in range(degree + 1))) ** 2
        least = mpf(1) / 100
        return least + (1 - least) * total
    return lambda x: w[0] + quad(slope, [0, x])


def bernstein(degree, _, bound, w):
    step = 2 * mpf(bound) / degree
    h = [exp(clip(p, 4)) for p in w[1:]]
    q = [w[0] - step * sum(h) / 2]
    for slope in h:
        q.append(q[-1] + step * slope)

    def f(x):
        u = (x + bound) / (2 * mpf(bound))
        return sum(q[k] * binomial(degree, k) * u ** k * (1 - u) ** (degree - k) for k in range(degree + 1))
    return f


def line(name, make, sizes, bound, count, spread, x):
    w = [random.gauss(0, spread) for _ in range(count)]
    f = make(*sizes, bound, [mpf(p) for p in w])
    at = max(mpf(-bound), min(mpf(bound), mpf(x)))
    slope = diff(f, at)
    y = f(at) + slope * (mpf(x) - at)
    print(name, *sizes, bound, *[repr(p) for p in w], repr(x), mp.nstr(y, 20), mp.nstr(log(slope), 20))


for i in range(40):
    spread = [0.3, 1, 3, 8][i % 4]
    for name, make, sizes, bound, count in [
            ("naf", naf, (2 + i % 4, 0), 1000.0, 1 + 3 * (2 + i % 4)),
            ("umnn", umnn, (1 + i % 4, 0), 4.0, 2 + 3 * (1 + i % 4)),
            ("sos", sos, (1 + i % 3, 1 + i % 5), 5.0, 1 + (1 + i % 3) * (2 + i % 5)),
            ("bernstein", bernstein, (1 + i % 9, 0), 5.0, 2 + i % 9)]:
        line(name, make, sizes, bound, count, spread, random.gauss(0, 3) * (1 if i % 10 else 10))
    line("integral", integral, (1 + i % 4, 0), 4.0, 2 + 3 * (1 + i % 4), 0.7, random.uniform(-4, 4))
