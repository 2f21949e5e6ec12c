"""Writes events.txt: python events.py
Needs scipy 1.17.1, mpmath 1.4.1 (Python 3.11).

Each line: distribution, the parameters, x, the log-density and its magnitude. An array is its dimensions, a colon and its
elements, row-major: 2x2:1,0.5,0.5,2 or :3 for a scalar. Numbers are binary64 in Python's shortest notation. The log-density
is by mpmath with 60 digits from the formula of the Stan Functions Reference (2.35), term by term; the magnitude is the sum of
the terms' absolute values, of which a floating-point evaluation loses some units in the last place. SciPy, which knows
nothing of these formulas, must say the same where it has the distribution.
"""
import math
import os
import random

import mpmath
import numpy as np
import scipy
from mpmath import log, loggamma, log1p, matrix, mpf, pi
from scipy import stats

HERE = os.path.dirname(os.path.abspath(__file__))
mpmath.mp.dps = 60
HALF_LOG_TWO_PI = log(2 * pi) / 2
R = random.Random(20)


def m(a):
    """An array of doubles as an mpmath matrix."""
    a = np.array(a, dtype=float)
    return matrix([[mpf(v) for v in row] for row in np.atleast_2d(a)])


def vector(a, n=None):
    """An array of doubles as a list; a scalar stands for n equal elements."""
    a = np.array(a, dtype=float)
    return [mpf(float(a))] * n if a.ndim == 0 else [mpf(float(v)) for v in a]


def logdet(a):
    return log(mpmath.det(a))


def quadratic(d, inverse):
    d = matrix(d)
    return (d.T * inverse * d)[0]


def multi_normal(x, mu, sigma):
    d = [a - b for a, b in zip(vector(x), vector(mu, len(x)))]
    return [-quadratic(d, sigma ** -1) / 2, -logdet(sigma) / 2, -len(d) * HALF_LOG_TWO_PI]


def multi_student_t(x, df, mu, sigma):
    k = len(x)
    df = mpf(float(df))
    d = [a - b for a, b in zip(vector(x), vector(mu, k))]
    return [loggamma((df + k) / 2), -loggamma(df / 2), -k * log(df * pi) / 2, -logdet(sigma) / 2,
            -(df + k) / 2 * log1p(quadratic(d, sigma ** -1) / df)]


def square(lower):
    """L L' of a lower triangular matrix."""
    a = m(np.tril(lower))
    return a * a.T


def log_coefficient(x):
    return [loggamma(sum(x) + 1)] + [-loggamma(v + 1) for v in x]


def multinomial(x, theta):
    return log_coefficient(vector(x)) + [mpf(0) if n == 0 else n * log(t) for n, t in zip(vector(x), vector(theta))]


def multinomial_logit(x, gamma):
    g = vector(gamma)
    total = log(sum(mpmath.exp(v) for v in g))
    return log_coefficient(vector(x)) + [n * v for n, v in zip(vector(x), g)] + [-sum(vector(x)) * total]


def dirichlet_multinomial(x, alpha):
    a = vector(alpha, len(x))
    n = vector(x)
    return (log_coefficient(n) + [loggamma(sum(a)), -loggamma(sum(a) + sum(n))]
            + [t for v, b in zip(n, a) for t in (loggamma(v + b), -loggamma(b))])


def dirichlet(x, alpha):
    a = vector(alpha, len(x))
    return [loggamma(sum(a))] + [t for v, b in zip(vector(x), a)
                                 for t in (-loggamma(b), mpf(0) if b == 1 else (b - 1) * log(v))]


def normal(x, mu, sigma):
    return [-((x - mu) / sigma) ** 2 / 2, -log(sigma), -HALF_LOG_TWO_PI]


def random_walk(x, start, sigma):
    v = [mpf(float(start))] + vector(x)
    return [t for a, b in zip(v, v[1:]) for t in normal(b, a, mpf(float(sigma)))]


def ar(x, phi, sigma):
    v = vector(x)
    means = [sum((vector(phi)[k] * v[t - 1 - k] for k in range(min(t, len(phi)))), mpf(0)) for t in range(len(v))]
    return [t for a, b in zip(v, means) for t in normal(a, b, mpf(float(sigma)))]


def lkj_constant(eta, k):
    """Lewandowski, Kurowicka and Joe 2009, by the betas of the canonical partial correlations (eq. 16 and 17)."""
    terms = []
    for i in range(1, k):
        b = eta + mpf(k - i - 1) / 2
        terms += (k - i) * [-(2 * b - 1) * log(mpf(2)) - 2 * loggamma(b) + loggamma(2 * b)]
    return terms


def lkj_corr(x, eta):
    eta = mpf(float(eta))
    return lkj_constant(eta, len(x)) + [(eta - 1) * logdet(m(x))]


def lkj_corr_cholesky(x, eta):
    eta = mpf(float(eta))
    k = len(x)
    return lkj_constant(eta, k) + [(k - i + 2 * eta - 2) * log(mpf(float(x[i - 1][i - 1]))) for i in range(2, k + 1)]


def log_multigamma(k, v):
    return [mpf(k * (k - 1)) / 4 * log(pi)] + [loggamma(v - mpf(j) / 2) for j in range(k)]


def wishart(x, df, scale):
    k = x.rows
    df = mpf(float(df))
    trace = sum((scale ** -1 * x)[i, i] for i in range(k))
    return ([-df * k / 2 * log(mpf(2)), -df / 2 * logdet(scale), (df - k - 1) / 2 * logdet(x), -trace / 2]
            + [-t for t in log_multigamma(k, df / 2)])


def inverse_wishart(x, df, scale):
    k = x.rows
    df = mpf(float(df))
    trace = sum((scale * x ** -1)[i, i] for i in range(k))
    return ([-df * k / 2 * log(mpf(2)), df / 2 * logdet(scale), -(df + k + 1) / 2 * logdet(x), -trace / 2]
            + [-t for t in log_multigamma(k, df / 2)])


def cholesky_jacobian(lower):
    """Of L -> L L'."""
    k = len(lower)
    return [k * log(mpf(2))] + [(k - i) * log(mpf(float(lower[i][i]))) for i in range(k)]


TERMS = {
    "multinomial": lambda x, n, p: multinomial(x, p),
    "multinomialLogit": lambda x, n, g: multinomial_logit(x, g),
    "dirichletMultinomial": lambda x, n, a: dirichlet_multinomial(x, a),
    "dirichlet": dirichlet,
    "gaussianRandomWalk": random_walk,
    "ar": ar,
    "multiNormal": lambda x, mu, sigma: multi_normal(x, mu, m(sigma)),
    "multiNormalPrec": lambda x, mu, omega: multi_normal(x, mu, m(omega) ** -1),
    "multiNormalCholesky": lambda x, mu, lower: multi_normal(x, mu, square(lower)),
    "multiStudentT": lambda x, df, mu, sigma: multi_student_t(x, df, mu, m(sigma)),
    "multiStudentTCholesky": lambda x, df, mu, lower: multi_student_t(x, df, mu, square(lower)),
    "lkjCorr": lkj_corr,
    "lkjCorrCholesky": lkj_corr_cholesky,
    "wishart": lambda x, df, scale: wishart(m(x), df, m(scale)),
    "wishartCholesky": lambda x, df, lower: wishart(square(x), df, square(lower)) + cholesky_jacobian(x),
    "inverseWishart": lambda x, df, scale: inverse_wishart(m(x), df, m(scale)),
    "inverseWishartCholesky": lambda x, df, lower: inverse_wishart(square(x), df, square(lower)) + cholesky_jacobian(x),
}


def full(mu, n):
    return np.broadcast_to(np.array(mu, dtype=float), (n,))


def softmax(g):
    e = np.exp(np.array(g) - max(g))
    return e / e.sum()


def product(lower):
    a = np.tril(lower)
    return a @ a.T


SCIPY = {
    "multinomial": lambda x, n, p: stats.multinomial.logpmf(x, n, p),
    "multinomialLogit": lambda x, n, g: stats.multinomial.logpmf(x, n, softmax(g)),
    "dirichletMultinomial": lambda x, n, a: stats.dirichlet_multinomial.logpmf(x, full(a, len(x)), n),
    "dirichlet": lambda x, a: stats.dirichlet.logpdf(x / x.sum(), full(a, len(x))),
    "gaussianRandomWalk": lambda x, a, s: stats.norm.logpdf(np.diff(np.concatenate([[a], x])), 0, s).sum(),
    "multiNormal": lambda x, mu, s: stats.multivariate_normal.logpdf(x, full(mu, len(x)), s),
    "multiNormalPrec": lambda x, mu, o: stats.multivariate_normal.logpdf(x, full(mu, len(x)), np.linalg.inv(o)),
    "multiNormalCholesky": lambda x, mu, l: stats.multivariate_normal.logpdf(x, full(mu, len(x)), product(l)),
    "multiStudentT": lambda x, df, mu, s: stats.multivariate_t.logpdf(x, full(mu, len(x)), s, df),
    "multiStudentTCholesky": lambda x, df, mu, l: stats.multivariate_t.logpdf(x, full(mu, len(x)), product(l), df),
    "wishart": lambda x, df, s: stats.wishart.logpdf(x, df, s),
    "inverseWishart": lambda x, df, s: stats.invwishart.logpdf(x, df, s),
}


def normals(*dims):
    """Numbers of few digits, so that sums and products that must be exact are."""
    return np.array([round(R.gauss(0, 1), 3) for _ in range(math.prod(dims))]).reshape(dims)


def lower(k, scale=1.0):
    a = np.tril(normals(k, k), -1) * 0.5
    return (a + np.diag([round(R.uniform(0.3, 2), 3) for _ in range(k)])) * scale


def spd(k, scale=1.0):
    a = product(lower(k, scale))
    return (a + a.T) / 2


def correlation_cholesky(k):
    a = np.tril(normals(k, k), -1) * 0.8 + np.eye(k)
    return a / np.sqrt((a ** 2).sum(axis=1, keepdims=True))


def simplex(k):
    a = np.array([R.uniform(0.02, 1) for _ in range(k)])
    return a / a.sum()


def counts(k, largest=12):
    return np.array([float(R.randint(0, largest)) for _ in range(k)])


def cases():
    for k in (1, 2, 3, 5):
        for _ in range(3):
            x = counts(k)
            yield "multinomial", [x.sum(), simplex(k)], x
            x = counts(k)
            yield "multinomialLogit", [x.sum(), 2 * normals(k)], x
            x = counts(k)
            yield "dirichletMultinomial", [x.sum(), np.exp(normals(k))], x
    yield "multinomial", [6.0, np.array([0.25, 0.0, 0.75])], np.array([2.0, 0, 4])
    yield "multinomial", [0.0, simplex(3)], np.zeros(3)
    yield "multinomialLogit", [30.0, np.array([-700.0, 0, 50])], np.array([0.0, 1, 29])
    yield "dirichletMultinomial", [30.0, 1e-3], np.array([0.0, 30, 0])
    yield "dirichletMultinomial", [3e6, 1.5], np.array([1e6, 2e6, 0])
    for k in (2, 3, 6):
        for _ in range(3):
            yield "dirichlet", [np.exp(normals(k))], simplex(k)
        yield "dirichlet", [1.0], simplex(k)
        yield "dirichlet", [0.3], simplex(k)
        yield "dirichlet", [np.array([500.0] * k)], simplex(k)
    yield "dirichlet", [np.array([1.0, 2, 3])], np.array([1e-300, 0.25, 0.75])
    for n in (1, 2, 5, 20):
        yield "gaussianRandomWalk", [0.7, 0.4], 0.7 + np.cumsum(0.4 * normals(n))
        yield "gaussianRandomWalk", [1e-140, 1e-140], 1e-140 * normals(n)
        for p in (1, 2, 3):
            yield "ar", [0.5 * normals(p), 0.6], normals(n)
            yield "ar", [1.5 * normals(p), 3.5], normals(n)
    for k in (1, 2, 3, 6):
        for scale in (1.0, 1e-3, 50):
            x = normals(k) * scale
            mu = normals(k) * scale
            yield "multiNormal", [mu, spd(k, scale)], x
            yield "multiNormal", [0.5, spd(k, scale)], x
            yield "multiNormalPrec", [mu, spd(k, 1 / scale)], x
            yield "multiNormalPrec", [-0.25, spd(k, 1 / scale)], x
            yield "multiNormalCholesky", [mu, lower(k, scale)], x
            yield "multiNormalCholesky", [0.0, lower(k, scale)], x
            for df in (0.5, 4.0, 60.0):
                yield "multiStudentT", [df, mu, spd(k, scale)], x
                yield "multiStudentTCholesky", [df, mu, lower(k, scale)], x
        yield "multiStudentT", [1e6, 0.0, spd(k)], normals(k)
        yield "multiStudentTCholesky", [3.0, 0.0, lower(k)], normals(k)
    for k in (1, 2, 3, 5, 8):
        for eta in (0.5, 1.0, 2.0, 7.5, 300.0):
            a = correlation_cholesky(k)
            yield "lkjCorrCholesky", [eta], a
            c = product(a)
            c = (c + c.T) / 2
            np.fill_diagonal(c, 1)
            yield "lkjCorr", [eta], c
    for k in (1, 2, 3, 5):
        for df in (k + 0.5, k + 3.0, 40.0):
            yield "wishart", [df, spd(k)], spd(k)
            yield "inverseWishart", [df, spd(k)], spd(k)
            yield "wishartCholesky", [df, lower(k)], lower(k)
            yield "inverseWishartCholesky", [df, lower(k)], lower(k)


def text(a):
    a = np.array(a, dtype=float)
    return "x".join(map(str, a.shape)) + ":" + ",".join(repr(float(v)) for v in a.flatten())


def main():
    with open(os.path.join(HERE, "events.txt"), "w") as out:
        out.write(f"# written by events.py with scipy {scipy.__version__}, mpmath {mpmath.__version__}\n")
        out.write("# distribution parameters... x logDensity magnitude\n")
        for name, parameters, x in cases():
            terms = TERMS[name](x, *parameters)
            value = float(sum(terms))
            magnitude = float(sum(abs(t) for t in terms))
            if name in SCIPY and not (name == "gaussianRandomWalk" and parameters[1] < 1e-160):
                other = float(SCIPY[name](x if x.ndim < 2 or len(x) > 1 else x[0][0], *parameters))
                assert abs(other - value) <= 1e-9 * max(1, magnitude), (name, parameters, x, other, value)
            out.write(" ".join([name] + [text(p) for p in parameters] + [text(x), repr(value), repr(magnitude)]) + "\n")


main()
