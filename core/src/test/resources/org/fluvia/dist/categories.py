"""Writes categories.txt: python categories.py
Needs mpmath 1.4.1 (Python 3.11).

Each line: family, the parameters (a vector with commas), the category, then the log-mass, its magnitude and its derivatives in
each element of the parameters (with commas). By mpmath with 400 digits from the definitions of the Stan Functions Reference;
the magnitude is what a floating-point evaluation loses some units in the last place of.
"""
import os

import mpmath
from mpmath import exp, log, mpf, ncdf, npdf

HERE = os.path.dirname(os.path.abspath(__file__))
mpmath.mp.dps = 400


def inverse_logit(x):
    return 1 / (1 + exp(-x))


def between(cdf, eta, cutpoints, x):
    """The probability of category x, from the tail in which it is small."""
    k = len(cutpoints) + 1
    a = mpmath.inf if x == 1 else eta - cutpoints[x - 2]
    b = -mpmath.inf if x == k else eta - cutpoints[x - 1]
    if x == 1:
        return cdf(-b)
    if x == k:
        return cdf(a)
    return cdf(-b) - cdf(-a) if a + b > 0 else cdf(a) - cdf(b)


def softmax(logits, x):
    largest = max(logits)
    return exp(logits[x - 1] - largest) / sum(exp(v - largest) for v in logits)


MASSES = {
    "categorical": lambda x, prob: prob[x - 1],
    "categoricalLogit": lambda x, logits: softmax(logits, x),
    "orderedLogistic": lambda x, eta, c: between(inverse_logit, eta, c, x),
    "orderedProbit": lambda x, eta, c: between(ncdf, eta, c, x),
}
ETAS = [0, 0.3, -2.5, 40, -40, 1e-300]
CUTPOINTS = [[0.5], [-1, 2], [-3, -2.5, 0.1, 4, 4.0625], [-30, 0, 30], [-1e-6, 1e-6]]
CASES = {
    "categorical": [([0.25, 0.75],), ([1.0],), ([0.5, 0.125, 0.375],), ([1e-300, 0.5, 0.5],)],
    "categoricalLogit": [([0, 0],), ([3.5],), ([1, -2, 0.5, 700],), ([-1e5, 1e5],), ([0.1, 0.2, -0.3],)],
    "orderedLogistic": [(eta, c) for eta in ETAS for c in CUTPOINTS],
    "orderedProbit": [(eta, c) for eta in ETAS for c in CUTPOINTS],
}


def magnitude(family, x, p, value):
    if family == "categorical":
        return abs(value)
    if family == "categoricalLogit":
        return abs(p[0][x - 1]) + max(abs(v) for v in p[0]) + 1
    eta, c = p
    ends = [eta - v for v in c[max(0, x - 2):x]]
    size = abs(value) + 1 + sum(abs(e) for e in ends)
    if len(ends) < 2:
        return size if family == "orderedLogistic" else size + ends[0] ** 2
    gap = ends[0] - ends[1]
    conditioning = (abs(eta) + abs(c[x - 2]) + abs(c[x - 1])) / gap
    return size + conditioning if family == "orderedLogistic" else (size + max(e * e for e in ends)) * (1 + 1 / gap)


def flat(p):
    return [v for q in p for v in (q if isinstance(q, list) else [q])]


def shaped(values, like):
    out, at = [], 0
    for q in like:
        n = len(q) if isinstance(q, list) else 1
        out.append(values[at:at + n] if isinstance(q, list) else values[at])
        at += n
    return out


def text(v):
    return repr(float(v))


with open(os.path.join(HERE, "categories.txt"), "w") as out:
    out.write(f"# written by categories.py with mpmath {mpmath.__version__}\n")
    out.write("# family parameters... category logMass magnitude slopes (with commas)\n")
    for family, cases in CASES.items():
        for case in cases:
            p = [[mpf(v) for v in q] if isinstance(q, list) else mpf(q) for q in case]
            size = len(p[-1]) + (1 if family.startswith("ordered") else 0)
            for x in range(1, size + 1):
                mass = MASSES[family](x, *p)
                if mass < mpf(10) ** -100000:
                    continue
                values = flat(p)
                slopes = []
                for i, v in enumerate(values):
                    step = mpf(10) ** -150 * max(abs(v), 1) if family != "categorical" else mpf(10) ** -150 * v
                    moved = [shaped(values[:i] + [v + s * step] + values[i + 1:], p) for s in (1, -1)]
                    up, down = (log(MASSES[family](x, *q)) for q in moved)
                    slopes.append((up - down) / (2 * step))
                words = [",".join(text(v) for v in q) if isinstance(q, list) else text(q) for q in p]
                value = log(mass)
                out.write(" ".join([family] + words + [str(x), text(value), text(magnitude(family, x, p, value)),
                                                       ",".join(text(s) for s in slopes)]) + "\n")
