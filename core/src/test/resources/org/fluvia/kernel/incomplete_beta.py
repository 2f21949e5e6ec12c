# Writes incomplete_beta.txt, the reference of IncompleteBetaTest:  python3 incomplete_beta.py > incomplete_beta.txt
# Needs mpmath (made with 1.4.1). A line: a, b, w, then log I_x(a, b) at x = w / (1 + w) and its derivatives in a, b and w. By the
# series of positive terms of the smaller tail, slopes in a and b are differences at 100 digits; points with too long a series are
# left out.
import random

from mpmath import exp, log, log10, log1p, loggamma, mp, mpf

random.seed(20261127)


def log_weight(a, b, w):
    return -a * log1p(1 / w) - b * log1p(w) + loggamma(a + b) - loggamma(a) - loggamma(b)


def tail(a, b, w):
    """log I, or None."""
    x = w / (1 + w)
    term = total = 1 / a
    n = 0
    while term > total * mpf(10) ** -(mp.dps + 2):
        n += 1
        term *= (a + b + n - 1) / (a + n) * x
        total += term
        if n > 40000:
            return None
    return log_weight(a, b, w) + log(total)


def log_i(a, b, w):
    if w * b <= a:
        return tail(a, b, w)
    above = tail(b, a, 1 / w)
    return None if above is None else log1p(-exp(above))


def row(a, b, w):
    least = min(a, b)
    mp.dps = 100 if least > 1e-4 else 100 - 3 * int(log10(least))
    a, b, w = mpf(a), mpf(b), mpf(w)
    h = mpf(10) ** -28
    values = [log_i(a, b, w), log_i(a + a * h, b, w), log_i(a - a * h, b, w), log_i(a, b + b * h, w), log_i(a, b - b * h, w)]
    if None in values:
        return None
    slopes = [(values[1] - values[2]) / (2 * a * h), (values[3] - values[4]) / (2 * b * h)]
    hazard = exp(log_weight(a, b, w) - values[0]) / w
    return " ".join(repr(float(v)) for v in [a, b, w, values[0]] + slopes + [hazard])


SHAPES = [1e-12, 1e-3, 0.03, 0.5, 0.9, 1, 1.5, 3, 8, 9.9, 19.9, 20.1, 40, 300, 1e4, 1e6]
points = set()
for a in SHAPES:
    for b in SHAPES:
        deviation = ((a + b) / (a * b)) ** 0.5  # of the log odds, about
        for z in (-20, -5, -2, -0.5, 0, 0.1, 1, 3, 8):
            if abs(z * deviation) < 600:
                points.add((a, b, a / b * 2.718281828 ** (z * deviation)))
        for w in (1e-300, 1e-20, 1e-6, 0.01, 0.5, 1, 1.5, 40, 1e5, 1e12, 1e300):
            points.add((a, b, w))
points = sorted(points)
random.shuffle(points)
for point in points[:670]:
    line = row(*point)
    if line is not None:
        print(line)
