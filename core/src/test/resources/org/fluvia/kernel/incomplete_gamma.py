# Writes incomplete_gamma.txt, the reference of IncompleteGammaTest:  python3 incomplete_gamma.py > incomplete_gamma.txt
# Needs mpmath (made with 1.4.1). A line: a, x, then of log P(a, x) and of log Q(a, x) the value and the derivatives in a and x.
# By the power series of P, and by Legendre's continued fraction where Q is too small for a difference from 1; slopes in a are
# differences at 110 digits.
import random

from mpmath import exp, log, log1p, loggamma, mp, mpf, sqrt

random.seed(20261127)


def weight(a, x):
    return a * log(x) - x - loggamma(a)


def p_series(a, x):
    term = total = 1 / a
    n = 0
    while term > total * mpf(10) ** -(mp.dps + 2):
        n += 1
        term *= x / (a + n)
        total += term
    return exp(weight(a, x)) * total


def log_q_fraction(a, x):
    last, depth = None, 60
    while True:
        f = x + 2 * depth + 1 - a
        for k in range(depth, 0, -1):
            f = x + 2 * k - 1 - a + k * (a - k) / f
        if last is not None and abs(f / last - 1) < mpf(10) ** -85:
            return weight(a, x) - log(f)
        last = f
        depth *= 2


def logs(a, x):
    if x > a + 14 * sqrt(a) + 40:
        q = log_q_fraction(a, x)
        return log1p(-exp(q)), q
    p = p_series(a, x)
    return log(p), log1p(-p)


def row(a, x):
    mp.dps = 110 if a > 1e-4 else 440
    a, x = mpf(a), mpf(x)
    h = a * mpf(10) ** -30
    values, above, below = logs(a, x), logs(a + h, x), logs(a - h, x)
    numbers = [a, x]
    for side in (0, 1):
        hazard = exp(weight(a, x) - values[side]) / x
        numbers += [values[side], (above[side] - below[side]) / (2 * h), -hazard if side else hazard]
    return " ".join(repr(float(v)) for v in numbers)


SHAPES = [1e-300, 1e-12, 1e-3, 0.03, 0.3, 0.5, 0.9, 0.999999, 1, 1.0001, 1.5, 2, 3.7, 5, 9.99, 10, 10.5, 19.5, 33, 100, 777.7, 1e4,
          1e6, 3e7]
points = set()
for a in SHAPES:
    for z in (-30, -8, -4, -2, -1, -0.3, 0, 0.01, 0.3, 1, 2, 4, 8, 30, 200):
        points.add((a, a + z * a ** 0.5))
    for x in (1e-300, 1e-30, 1e-8, 1e-3, 0.1, 0.5, 0.99, 1, 1.01, 1.5, 3, 9, 12, 40, 700, 1e4, 1e6):
        points.add((a, x))
for _ in range(100):
    points.add((10 ** random.uniform(-3, 4), 10 ** random.uniform(-3, 4)))
for a, x in sorted(points):
    if x > 0 and (a < 2e7 or abs(x - a) < 40 * a ** 0.5):
        print(row(a, x))
