"""Writes cumulative.txt: python cumulative.py (or python cumulative.py FAMILY..., for the lines of some families)
Needs scipy 1.17.1, mpmath 1.4.1 (Python 3.11).

Each line: family, the parameters, x, then log P(X <= x) and its derivatives in x and each parameter, then the same of
log P(X > x). By mpmath with 200 digits from the two probabilities, each of which is computed by itself; SciPy must agree
where it gives a number. Numbers are binary64 in Python's shortest notation; ? where there is no derivative.
"""
import math
import os
import sys

import mpmath
from mpmath import atan2, erf, erfc, exp, expm1, log, log1p, mpf, ncdf, pi, sqrt
from scipy import stats

import generate

HERE = os.path.dirname(os.path.abspath(__file__))
mpmath.mp.dps = 200


def logistic(t):
    return 1 / (1 + exp(-t)), 1 / (1 + exp(t))


def of_log_ccdf(t):
    """From log P(X > x)."""
    return -expm1(t), exp(t)


def swapped(pair):
    return pair[::-1]


def skew_double_exponential(x, m, s, t):
    if x < m:
        below = t * exp(-2 * (1 - t) * (m - x) / s)
        return below, 1 - below
    above = (1 - t) * exp(-2 * t * (x - m) / s)
    return 1 - above, above


def exp_mod_normal(x, m, s, r):
    z, excess = (x - m) / s, r * s
    both = exp(excess ** 2 / 2 - excess * z) * ncdf(z - excess)
    return ncdf(z) - both, ncdf(-z) + both


def gamma_tails(a, x):
    """P(a, x) and Q(a, x), the latter by Legendre's continued fraction where a difference from 1 has too few digits."""
    weight = a * log(x) - x - mpmath.loggamma(a)
    if x > a + 12 * sqrt(a) + 40:
        above, depth = None, 100
        while True:
            fraction = x + 2 * depth + 1 - a
            for k in range(depth, 0, -1):
                fraction = x + 2 * k - 1 - a + k * (a - k) / fraction
            before, above = above, exp(weight) / fraction
            if before is not None and abs(above / before - 1) < mpf(10) ** -150:
                return 1 - above, above
            depth *= 2
    term = total = 1 / a
    n = 0
    while term > total * mpf(10) ** -205:
        n += 1
        term *= x / (a + n)
        total += term
    below = exp(weight) * total
    return below, 1 - below


def poisson(x, rate):
    return swapped(gamma_tails(mpmath.floor(x) + 1, rate))


def beta_tails(a, b, odds):
    """I_x(a, b) and what it leaves of 1, one by its series of positive terms, the other too if it is tiny."""
    if odds > 1:
        return swapped(beta_tails(b, a, 1 / odds))
    below = beta_series(a, b, odds)
    return below, 1 - below if below < 1 - mpf(10) ** -100 else beta_series(b, a, 1 / odds)


def beta_series(a, b, odds):
    x = odds / (1 + odds)
    log_weight = a * log(x) - b * log1p(odds) + mpmath.loggamma(a + b) - mpmath.loggamma(a) - mpmath.loggamma(b)
    term = total = 1 / a
    n = 0
    while term > total * mpf(10) ** -205:
        n += 1
        term *= (a + b + n - 1) / (a + n) * x
        total += term
    return exp(log_weight) * total


def student_t(x, df, m, s):
    t = (x - m) / s
    if t == 0:
        return mpf(1) / 2, mpf(1) / 2
    outside, inside = beta_tails(df / 2, mpf(1) / 2, df / (t * t))
    return (outside / 2, 1 - outside / 2) if t < 0 else (1 - outside / 2, outside / 2)


def binomial(x, n, odds):
    k = mpmath.floor(x)
    return swapped(beta_tails(k + 1, n - k, odds))


def neg_binomial(x, shape, odds):
    """By the odds of a count against an event."""
    return swapped(beta_tails(mpmath.floor(x) + 1, shape, odds))


# P(X <= x) and P(X > x)
PROBABILITIES = {
    "normal": lambda x, m, s: (ncdf((x - m) / s), ncdf((m - x) / s)),
    "stdNormal": lambda x: (ncdf(x), ncdf(-x)),
    "halfNormal": lambda x, s: (erf(x / s / sqrt(mpf(2))), erfc(x / s / sqrt(mpf(2)))),
    "cauchy": lambda x, m, s: (atan2(s, m - x) / pi, atan2(s, x - m) / pi),
    "halfCauchy": lambda x, s: (2 * atan2(x, s) / pi, 2 * atan2(s, x) / pi),
    "doubleExponential": lambda x, m, s: skew_double_exponential(x, m, s, mpf(1) / 2),
    "skewDoubleExponential": skew_double_exponential,
    "logistic": lambda x, m, s: logistic((x - m) / s),
    "expModNormal": exp_mod_normal,
    "gumbel": lambda x, m, s: swapped(of_log_ccdf(-exp(-(x - m) / s))),
    "logNormal": lambda x, m, s: (ncdf((log(x) - m) / s), ncdf((m - log(x)) / s)),
    "exponential": lambda x, r: of_log_ccdf(-r * x),
    "weibull": lambda x, a, s: of_log_ccdf(-(x / s) ** a),
    "frechet": lambda x, a, s: swapped(of_log_ccdf(-(x / s) ** -a)),
    "rayleigh": lambda x, s: of_log_ccdf(-(x / s) ** 2 / 2),
    "logLogistic": lambda x, s, a: logistic(a * (log(x) - log(s))),
    "pareto": lambda x, m, a: of_log_ccdf(a * (log(m) - log(x))),
    "paretoType2": lambda x, m, s, a: of_log_ccdf(-a * log1p((x - m) / s)),
    "uniform": lambda x, a, b: ((x - a) / (b - a), (b - x) / (b - a)),
    "geometric": lambda x, p: of_log_ccdf((mpmath.floor(x) + 1) * log1p(-p)),
    "discreteRange": lambda x, l, u: ((mpmath.floor(x) - l + 1) / (u - l + 1), (u - mpmath.floor(x)) / (u - l + 1)),
    "gamma": lambda x, a, r: gamma_tails(a, x * r),
    "inverseGamma": lambda x, a, s: swapped(gamma_tails(a, s / x)),
    "chiSquare": lambda x, n: gamma_tails(n / 2, x / 2),
    "inverseChiSquare": lambda x, n: swapped(gamma_tails(n / 2, 1 / (2 * x))),
    "scaledInverseChiSquare": lambda x, n, s: swapped(gamma_tails(n / 2, n * s * s / (2 * x))),
    "poisson": poisson,
    "poissonLog": lambda x, t: poisson(x, exp(t)),
    "studentT": student_t,
    "halfStudentT": lambda x, n, s: swapped(beta_tails(n / 2, mpf(1) / 2, n / (x / s) ** 2)),
    "beta": lambda x, a, b: beta_tails(a, b, x / (1 - x)),
    "betaProportion": lambda x, m, k: beta_tails(m * k, (1 - m) * k, x / (1 - x)),
    "binomial": lambda x, n, p: binomial(x, n, p / (1 - p)),
    "binomialLogit": lambda x, n, t: binomial(x, n, exp(t)),
    "negBinomial": lambda x, a, r: neg_binomial(x, a, 1 / r),
    "negBinomial2": lambda x, m, f: neg_binomial(x, f, m / f),
    "negBinomial2Log": lambda x, t, f: neg_binomial(x, f, exp(t) / f),
    "bernoulli": lambda x, p: (1 - p, p),
    "bernoulliLogit": lambda x, l: swapped(logistic(l)),
}

class Half:
    """The absolute value of a number whose distribution is symmetric about 0."""

    def __init__(self, whole):
        self.whole = whole

    def logcdf(self, x):
        inside = self.whole.cdf(x) - self.whole.cdf(-x)
        return math.log(inside) if inside > 1e-3 else -math.inf

    def logsf(self, x):
        return self.whole.logsf(x) + math.log(2)


SCIPY = {
    "normal": lambda m, s: stats.norm(m, s),
    "stdNormal": lambda: stats.norm(),
    "halfNormal": lambda s: stats.halfnorm(scale=s),
    "cauchy": lambda m, s: stats.cauchy(m, s),
    "halfCauchy": lambda s: stats.halfcauchy(scale=s),
    "doubleExponential": lambda m, s: stats.laplace(m, s),
    "skewDoubleExponential": lambda m, s, t: stats.laplace_asymmetric((t / (1 - t)) ** 0.5, m, s / (2 * (t * (1 - t)) ** 0.5)),
    "logistic": lambda m, s: stats.logistic(m, s),
    "expModNormal": lambda m, s, r: stats.exponnorm(1 / (r * s), m, s),
    "gumbel": lambda m, s: stats.gumbel_r(m, s),
    "logNormal": lambda m, s: stats.lognorm(s, scale=exp(m)),
    "exponential": lambda r: stats.expon(scale=1 / r),
    "weibull": lambda a, s: stats.weibull_min(a, scale=s),
    "frechet": lambda a, s: stats.invweibull(a, scale=s),
    "rayleigh": lambda s: stats.rayleigh(scale=s),
    "logLogistic": lambda s, a: stats.fisk(a, scale=s),
    "pareto": lambda m, a: stats.pareto(a, scale=m),
    "paretoType2": lambda m, s, a: stats.lomax(a, m, s),
    "uniform": lambda a, b: stats.uniform(a, b - a),
    "geometric": lambda p: stats.geom(p, loc=-1),
    "discreteRange": lambda l, u: stats.randint(l, u + 1),
    "gamma": lambda a, r: stats.gamma(a, scale=1 / r),
    "inverseGamma": lambda a, s: stats.invgamma(a, scale=s),
    "chiSquare": lambda n: stats.chi2(n),
    "inverseChiSquare": lambda n: stats.invgamma(n / 2, scale=0.5),
    "scaledInverseChiSquare": lambda n, s: stats.invgamma(n / 2, scale=n * s * s / 2),
    "poisson": lambda r: stats.poisson(r),
    "poissonLog": lambda t: stats.poisson(math.exp(t)),
    "studentT": lambda n, m, s: stats.t(n, m, s),
    "halfStudentT": lambda n, s: Half(stats.t(n, 0, s)),
    "beta": lambda a, b: stats.beta(a, b),
    "betaProportion": lambda m, k: stats.beta(m * k, (1 - m) * k),
    "binomial": lambda n, p: stats.binom(n, p),
    "binomialLogit": lambda n, t: stats.binom(n, generate.expit(t)),
    "negBinomial": lambda a, r: stats.nbinom(a, r / (1 + r)),
    "negBinomial2": lambda m, f: stats.nbinom(f, f / (m + f)),
    "negBinomial2Log": lambda t, f: stats.nbinom(f, f / (math.exp(t) + f)),
    "bernoulli": lambda p: stats.bernoulli(p),
    "bernoulliLogit": lambda l: stats.bernoulli(generate.expit(l)),
}

LOC_SCALE = [(0, 1), (2.5, 0.3), (-1, 1e-3), (3, 250)]
LOCATIONS = [-1e6, -40, -8, -1.5, -1e-8, 0, 0.25, 1, 3, 37, 1e10]
POSITIVE = [1e-300, 1e-12, 0.01, 0.5, 1, 2.5, 30, 800, 1e10]
UNIT = [1e-100, 1e-12, 0.01, 0.3, 0.5, 0.6, 0.99, 1 - 2.0 ** -53]
SHAPE_SCALE = [(1, 1), (0.5, 3), (2, 0.02), (10, 800), (150, 1)]

CASES = {
    "normal": (LOC_SCALE, LOCATIONS),
    "stdNormal": ([()], LOCATIONS),
    "halfNormal": ([(1,), (0.02,), (300,)], POSITIVE),
    "cauchy": (LOC_SCALE, LOCATIONS + [1e100]),
    "halfCauchy": ([(1,), (0.02,), (300,)], POSITIVE),
    "doubleExponential": (LOC_SCALE, LOCATIONS),
    "skewDoubleExponential": ([ls + (t,) for ls in LOC_SCALE for t in (1e-9, 0.2, 0.999)], LOCATIONS),
    "logistic": (LOC_SCALE, LOCATIONS),
    "expModNormal": ([ls + (r,) for ls in LOC_SCALE for r in (0.05, 0.8, 30)], [-8, -1.5, -0.99, -1e-8, 0.25, 1, 3, 37, 800]),
    "gumbel": (LOC_SCALE, LOCATIONS),
    "logNormal": ([(0, 1), (3, 0.1), (-2, 20)], POSITIVE),
    "exponential": ([(1,), (1e-4,), (2e3,)], POSITIVE),
    "weibull": (SHAPE_SCALE, POSITIVE),
    "frechet": (SHAPE_SCALE, POSITIVE),
    "rayleigh": ([(1,), (0.02,), (300,)], POSITIVE[1:]),
    "logLogistic": ([p[::-1] for p in SHAPE_SCALE], POSITIVE),
    "pareto": ([(1, 1), (0.01, 0.5), (30, 7), (1e-200, 1e-3), (2.4999, 1e3)], POSITIVE),
    "paretoType2": ([(0, 1, 1), (-8, 0.01, 0.5), (1, 30, 7), (0, 1e-100, 1e-3), (-1.5, 3, 1e6)], LOCATIONS),
    "uniform": ([(0, 1), (-3, 7.5), (0.1, 0.3)], [-2.999, 0.1 + 1e-12, 0.2, 0.29, 0.999999, 7]),
    "geometric": ([(1e-300,), (1e-10,), (0.3,), (1 - 2.0 ** -53,)], [0, 0.5, 1, 7, 1000]),
    "discreteRange": ([(0, 4), (-3, 7), (1, 10 ** 9)], [0, 1, 2.25, 3]),
    "gamma": ([(1, 1), (0.01, 3), (0.7, 0.02), (3.5, 1), (12, 5), (150, 1), (3e4, 1e2)], POSITIVE + [0.3, 11.2, 290.0]),
    "inverseGamma": ([(1, 1), (0.01, 3), (3.5, 2), (150, 90)], POSITIVE),
    "chiSquare": ([(1,), (4.5,), (60,), (2000,)], POSITIVE),
    "inverseChiSquare": ([(1,), (4.5,), (60,)], POSITIVE),
    "scaledInverseChiSquare": ([(1, 1), (4.5, 0.2), (60, 5)], POSITIVE),
    "poisson": ([(1e-12,), (0.3,), (4,), (60.5,), (2e4,)], [0, 0.5, 1, 7, 61, 1000, 20100]),
    "poissonLog": ([(-800,), (-40,), (0.3,), (4,)], [0, 1, 7, 61, 300]),
    "studentT": ([(n,) + ls for n in (0.3, 1, 4, 30, 5e3) for ls in LOC_SCALE[:3]], LOCATIONS),
    "halfStudentT": ([(0.3, 1), (1, 1), (4, 0.02), (60, 300)], POSITIVE),
    "beta": ([(1, 1), (0.5, 0.5), (0.01, 3), (2, 0.3), (60, 1.5), (14, 11), (300, 4e3)], UNIT),
    "betaProportion": ([(0.45, 2), (0.4, 5), (0.98, 60), (1e-3, 40)], UNIT),
    "binomial": ([(1, 0.3), (12, 0.02), (40, 0.6), (2000, 0.999), (10 ** 6, 1e-6)], [0, 0.5, 1, 7, 25, 39, 1990]),
    "binomialLogit": ([(1, 0.3), (12, -3), (40, 700), (40, -800), (2000, 5)], [0, 1, 7, 25, 39, 1990]),
    "negBinomial": ([(1, 1), (0.4, 0.2), (1e-3, 0.01), (30, 6), (1e4, 900)], [0, 0.5, 3, 20, 400]),
    "negBinomial2": ([(1, 1), (2, 0.5), (30, 1e-3), (300, 3), (22, 60)], [0, 0.5, 3, 20, 400]),
    "negBinomial2Log": ([(0, 1), (0.7, 0.5), (-800, 3), (5, 2), (3, 60)], [1, 3, 20, 400]),
    "bernoulli": ([(1e-300,), (0.3,), (1 - 2.0 ** -53,)], [0, 0.5]),
    "bernoulliLogit": ([(-740,), (-40,), (0.3,), (700,)], [0, 0.5]),
}
WHOLE = {"binomial", "binomialLogit", "negBinomial", "negBinomial2", "negBinomial2Log", "poisson", "poissonLog", "bernoulli", "bernoulliLogit", "geometric", "discreteRange"}


def inside(family, x, p):
    if family in ("uniform", "discreteRange"):
        return p[0] < x < p[1]
    if family == "expModNormal":  # beyond, the two parts of the lower tail have too few digits of their difference
        return (x - p[0]) / p[1] > -6 and 0.01 < p[1] * p[2] < 400
    if family in ("pareto", "paretoType2"):
        return p[0] < x
    if family in ("inverseGamma", "inverseChiSquare", "scaledInverseChiSquare"):
        return x > 1e-300  # a logarithm of -1e300 leaves no digits for derivatives
    if family in ("binomial", "binomialLogit"):
        return x < p[0]
    if family == "gumbel":  # exp of exp of more takes mpmath for ever
        return (x - p[0]) / p[1] > -700
    if family in ("weibull", "frechet"):
        return abs(p[0] * (math.log(x) - math.log(p[1]))) < 700
    return True


def rows(family):
    parameters, points = CASES[family]
    for p in parameters:
        for x in points:
            if inside(family, x, p):
                yield row(family, p, x)


def row(family, p, x):
    at = [mpf(float(v)) for v in (x,) + p]
    values = PROBABILITIES[family](*at)
    frozen = SCIPY[family](*map(float, p))
    with_scipy = (float(frozen.logcdf(float(x))), float(frozen.logsf(float(x))))
    words = [family] + [generate.text(v) for v in at[1:] + at[:1]]
    for side in (0, 1):
        value = log_of(values, side)
        check(family, p, x, float(value), with_scipy[side])
        words.append(generate.text(value))
        for i in range(len(at)):
            kink = family in ("doubleExponential", "skewDoubleExponential") and p[0] == x and i < 2
            counts = family == "discreteRange" or family in ("binomial", "binomialLogit") and i == 1
            whole = family in WHOLE and (i == 0 or counts)
            words.append("?" if whole or kink else generate.text(slope(family, at, i, side)))
    return " ".join(words)


def log_of(pair, side):
    """Of the smaller probability, or of 1 minus the smaller."""
    return log(pair[side]) if pair[side] < 0.5 else log1p(-pair[1 - side])


def check(family, p, x, expected, other):
    """SciPy's logarithm of a probability that underflows, or rounds to 1, is no check."""
    if -600 < expected < -1e-6 and -600 < other < -1e-6:
        assert abs(other - expected) <= 1e-8 * abs(expected), (family, p, x, expected, other)


def slope(family, at, i, side):
    step = mpf(10) ** -60 * (abs(at[i]) if at[i] != 0 else mpf(10) ** -20)

    def f(v):
        return log_of(PROBABILITIES[family](*(at[:i] + [v] + at[i + 1:])), side)

    return (f(at[i] + step) - f(at[i] - step)) / (2 * step)


def main(families):
    path = os.path.join(HERE, "cumulative.txt")
    kept = {}
    if families:
        for line in open(path):
            if not line.startswith("#"):
                kept.setdefault(line.split()[0], []).append(line.rstrip())
    for family in CASES:
        if not families or family in families:
            kept[family] = list(rows(family))
    with open(path, "w") as out:
        out.write(f"# written by cumulative.py with scipy {generate.scipy.__version__}, mpmath {mpmath.__version__}\n")
        out.write("# family parameters... x logCdf slopes... logCcdf slopes... (slopes in x, then in each parameter)\n")
        for family in CASES:
            out.writelines(line + "\n" for line in kept[family])


if __name__ == "__main__":
    main(sys.argv[1:])
