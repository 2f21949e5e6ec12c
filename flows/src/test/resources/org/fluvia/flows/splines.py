# Writes splines.txt, the reference of SplineTest:  python3 splines.py > splines.txt
# Needs mpmath (made with 1.3.0). Rational-quadratic splines by equations 4 and 5 of Durkan et al. 2019 at 50 digits, with parameters
# as in the code of that paper: shares of bins 0.001 + (1 - 0.001 K) softmax, slopes 0.001 + softplus(number + c), where c is such that
# number = 0 has slope 1. A line: circular (1 or 0), bins K, bound, K widths, K heights, slopes (K - 1, or K if circular), x, y, log dy/dx.
import random

from mpmath import exp, expm1, log, log1p, mp, mpf, nstr

mp.dps = 50
random.seed(20261128)
LEAST = mpf("0.001")


def knots(logits, bound):
    es = [exp(mpf(r)) for r in logits]
    at = [-mpf(bound)]
    for e in es:
        at.append(at[-1] + 2 * mpf(bound) * (LEAST + (1 - len(es) * LEAST) * e / sum(es)))
    return at


def slope(number):
    c = log(expm1(1 - LEAST))
    return LEAST + log1p(exp(mpf(number) + c))


def spline(circular, bound, widths, heights, slopes, x):
    x = mpf(x)
    if not circular and abs(x) >= bound:
        return x, mpf(0)
    xs, ys = knots(widths, bound), knots(heights, bound)
    ds = [slope(s) for s in slopes]
    ds = ds + ds[:1] if circular else [mpf(1)] + ds + [mpf(1)]
    k = max(i for i in range(len(widths)) if xs[i] <= x)
    s = (ys[k + 1] - ys[k]) / (xs[k + 1] - xs[k])
    xi = (x - xs[k]) / (xs[k + 1] - xs[k])
    d0, d1 = ds[k], ds[k + 1]
    below = s + (d1 + d0 - 2 * s) * xi * (1 - xi)
    y = ys[k] + (ys[k + 1] - ys[k]) * (s * xi**2 + d0 * xi * (1 - xi)) / below
    return y, log(s**2 * (d1 * xi**2 + 2 * s * xi * (1 - xi) + d0 * (1 - xi) ** 2) / below**2)


for circular in (0, 1):
    for bins, scale in ((2, 0.5), (2, 3), (3, 1), (5, 0.1), (5, 4), (8, 0), (8, 1), (8, 3), (20, 2), (8, 60)):
        bound = 3.141592653589793 if circular else random.choice([1.0, 3.0, 5.0])
        p = [[scale * random.gauss(0, 1) for _ in range(n)] for n in (bins, bins, bins if circular else bins - 1)]
        for i in range(12):
            x = bound * random.uniform(-1, 1) if i > 1 or circular else random.choice([-1, 1]) * bound * random.choice([1.0, 1.5, 1e5])
            y, l = spline(circular, bound, *p, x)
            print(circular, bins, bound, *p[0], *p[1], *p[2], x, nstr(y, 17), nstr(l, 17))
