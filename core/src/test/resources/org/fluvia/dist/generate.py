"""Writes densities.txt: python generate.py (or python generate.py FAMILY..., for the lines of some families)
Needs scipy 1.17.1, mpmath 1.4.1 (Python 3.11).

Each line: family, number of parameters, the parameters, x, the log-density, its magnitude, and for x and each parameter the
derivative and its magnitude. Numbers are binary64 in Python's shortest notation. The log-density is by mpmath with 1000 digits
from the formula, term by term; the magnitude is the sum of the terms' absolute values, of which a floating-point evaluation
loses some units in the last place. A term that is a function of a rounded number, as exp of a product, comes as a pair with a
magnitude of its own. Derivatives are mpmath's, term by term; discrete families have none in x.
SciPy, which knows nothing of these formulas, must say the same log-density; where it cannot, scipy_wrong says why.
"""
import math
import os
import sys

import mpmath
import scipy
from mpmath import digamma, inf, log, loggamma, log1p, mpf, ncdf, pi
from scipy import stats

HERE = os.path.dirname(os.path.abspath(__file__))
mpmath.mp.dps = 1000
HALF_LOG_TWO_PI = log(2 * pi) / 2


def times_log(c, x):
    return mpf(0) if c == 0 else c * (log(x) if x > 0 else -inf)


def student_normaliser(df):
    """Its terms grow with df, but it need not be computed from them where they are large."""
    terms = [loggamma((df + 1) / 2), -loggamma(df / 2), -log(df * pi) / 2]
    return terms if df < 30 else [sum(terms)]


def choose(n, k):
    return [loggamma(n + 1), -loggamma(k + 1), -loggamma(n - k + 1)]


def softplus(x):
    return log1p(mpmath.exp(x)) if x < 0 else x + log1p(mpmath.exp(-x))


def log_beta(a, b):
    return [-loggamma(a), -loggamma(b), loggamma(a + b)]


def exp_of(t, magnitude):
    """exp of t, a sum of products with this sum of absolute values."""
    return mpmath.exp(t), mpmath.exp(t) * (1 + magnitude)


def log_ratio(shape, x, scale):
    """shape log(x / scale), from the two logarithms, with its magnitude."""
    return shape * (log(x) - log(scale)), shape * (abs(log(x)) + abs(log(scale)))


def minus(pair):
    return -pair[0], pair[1]


def logistic_kernel(z, magnitude):
    return [(-abs(z), magnitude), -2 * log1p(mpmath.exp(-abs(z)))]


def weibull(x, a, s):
    if x == 0:
        return [times_log(a - 1, x), log(a), -a * log(s)]
    return [(a - 1) * log(x), log(a), -a * log(s), minus(exp_of(*log_ratio(a, x, s)))]


def frechet(x, a, s):
    t, m = log_ratio(-a, x, s)
    return [(t, m), -log(x), log(a), minus(exp_of(t, m))]


def beta_proportion(x, mu, kappa):
    a, b = mu * kappa, (1 - mu) * kappa
    def of_rounded(value, size):
        return value, abs(value) + size
    return [of_rounded(times_log(a - 1, x), abs(a * log(x))), of_rounded(times_log(b - 1, 1 - x), abs(b * log(1 - x))),
            of_rounded(-loggamma(a), abs(a * digamma(a))), of_rounded(-loggamma(b), abs(b * digamma(b))),
            of_rounded(loggamma(kappa), abs(kappa * digamma(kappa)))]


def log_phi(z):
    """log Phi(z) of a rounded z."""
    value = log(ncdf(z)) if z < 0 else log1p(-ncdf(-z))
    return value, abs(value) + abs(z) * mpmath.npdf(z) / ncdf(z)


def exp_mod_normal(x, m, s, r):
    z, excess = (x - m) / s, r * s - (x - m) / s
    if excess < 0:
        return [(r * s) ** 2 / 2, -r * (x - m), log_phi(-excess), log(r)]
    mills = log(ncdf(-excess) / mpmath.npdf(excess))
    rounding = excess ** 2 + r * s + abs(z) if excess < 100 else (r * s + abs(z)) / excess
    return [-z ** 2 / 2, (mills, abs(mills) * (1 + rounding)), -HALF_LOG_TWO_PI, log(r)]


def von_mises(x, m, k):
    d = x - m
    main = -2 * k * mpmath.sin(d / 2) ** 2
    bessel = k - log(mpmath.besseli(0, k))
    return [(main, abs(main) + k * abs(mpmath.sin(d)) * abs(d)), (bessel, bessel * (1 + 2 * min(k, 20))), -log(2 * pi)]


def rising(x, n):
    """log of the rising factorial, as one term."""
    value = loggamma(x + n) - loggamma(x)
    return value, abs(value) + (abs(loggamma(x)) + abs(loggamma(x + n)) if x < 8 else abs(n))


def rising_of_rounded(x, n):
    value, magnitude = rising(x, n)
    return value, magnitude + abs(x * (digamma(x + n) - digamma(x)))


def choose_as_one(n, k):
    value = sum(choose(n, k))
    return value, abs(value) + 2 * log1p(n) + 10


def neg_binomial_2_log(x, eta, phi):
    log_ratio = eta - log(phi)
    size = abs(eta) + abs(log(phi))
    excess = softplus(log_ratio)
    return [rising(phi, x), -loggamma(x + 1), (x * (log_ratio - excess), x * (size + excess * (1 + size))),
            (-phi * excess, phi * excess * (1 + size))]


# terms of the log-density, from x and the parameters
TERMS = {
    "normal": lambda x, m, s: [-((x - m) / s) ** 2 / 2, -log(s), -HALF_LOG_TWO_PI],
    "halfNormal": lambda x, s: [-(x / s) ** 2 / 2, -log(s), log(2 / pi) / 2],
    "cauchy": lambda x, m, s: [-log1p(((x - m) / s) ** 2), -log(s), -log(pi)],
    "halfCauchy": lambda x, s: [-log1p((x / s) ** 2), -log(s), log(2 / pi)],
    "studentT": lambda x, df, m, s:
        [-(df + 1) / 2 * log1p(((x - m) / s) ** 2 / df), -log(s)] + student_normaliser(df),
    "exponential": lambda x, r: [log(r), -r * x],
    "gamma": lambda x, a, r: [a * log(r), -loggamma(a), (a - 1) * log(x), -r * x],
    "inverseGamma": lambda x, a, s: [a * log(s), -loggamma(a), -(a + 1) * log(x), -s / x],
    "logNormal": lambda x, m, s: [-((log(x) - m) / s) ** 2 / 2, -log(x), -log(s), -HALF_LOG_TWO_PI],
    "beta": lambda x, a, b: [times_log(a - 1, x), times_log(b - 1, 1 - x), -loggamma(a), -loggamma(b), loggamma(a + b)],
    "uniform": lambda x, a, b: [-log(b - a)],
    "doubleExponential": lambda x, m, s: [-abs(x - m) / s, -log(s), -log(mpf(2))],
    "stdNormal": lambda x: [-x ** 2 / 2, -HALF_LOG_TWO_PI],
    "logistic": lambda x, m, s: logistic_kernel((x - m) / s, abs(x - m) / s) + [-log(s)],
    "gumbel": lambda x, m, s: [-(x - m) / s, minus(exp_of(-(x - m) / s, abs(x - m) / s)), -log(s)],
    "skewDoubleExponential": lambda x, m, s, t:
        [-2 * (1 - t if x < m else t) * abs(x - m) / s, log(t), log1p(-t), -log(s), log(mpf(2))],
    "halfStudentT": lambda x, df, s:
        [-(df + 1) / 2 * log1p((x / s) ** 2 / df), -log(s), log(mpf(2))] + student_normaliser(df),
    "chiSquare": lambda x, df: [-df / 2 * log(mpf(2)), -loggamma(df / 2), (df / 2 - 1) * log(x), -x / 2],
    "inverseChiSquare": lambda x, df: [-df / 2 * log(mpf(2)), -loggamma(df / 2), -(df / 2 + 1) * log(x), -1 / (2 * x)],
    "scaledInverseChiSquare": lambda x, df, s:
        [df / 2 * log(df / 2), -loggamma(df / 2), df * log(s), -(df / 2 + 1) * log(x), -df * s * s / (2 * x)],
    "weibull": weibull,
    "frechet": frechet,
    "rayleigh": lambda x, s: [log(x) if x > 0 else -inf, -2 * log(s), -(x / s) ** 2 / 2],
    "logLogistic": lambda x, s, a: logistic_kernel(*log_ratio(a, x, s)) + [log(a), -log(x)],
    "pareto": lambda x, m, a: [log_ratio(-a, x, m), log(a), -log(x)],
    "paretoType2": lambda x, m, s, a: [log(a), -log(s), -(a + 1) * log1p((x - m) / s)],
    "betaProportion": beta_proportion,
    "bernoulli": lambda x, p: [times_log(x, p), times_log(1 - x, 1 - p)],
    "bernoulliLogit": lambda x, l: [x * l, -softplus(l)],
    "binomial": lambda x, n, p: [times_log(x, p), times_log(n - x, 1 - p)] + choose(n, x),
    "binomialLogit": lambda x, n, l: [x * l, -n * softplus(l)] + choose(n, x),
    "skewNormal": lambda x, m, s, a: [-((x - m) / s) ** 2 / 2, -log(s), log(2 / pi) / 2, log_phi(a * (x - m) / s)],
    "expModNormal": exp_mod_normal,
    "vonMises": von_mises,
    "geometric": lambda x, p: [log(p), times_log(x, 1 - p)],
    "negBinomial": lambda x, a, r: [rising(a, x), -loggamma(x + 1), -a * log1p(1 / r), -x * log1p(r)],
    "negBinomial2": lambda x, m, p: [rising(p, x), -loggamma(x + 1),
                                     (x * log(m / (m + p)), x * (abs(log(m)) + abs(log(m + p)))), -p * log1p(m / p)],
    "negBinomial2Log": neg_binomial_2_log,
    "betaBinomial": lambda x, n, a, b:
        [choose_as_one(n, x), rising(a, x), rising(b, n - x), minus(rising_of_rounded(a + b, n))],
    "betaNegBinomial": lambda x, r, a, b: [rising(r, x), rising(b, x), minus(rising_of_rounded(a + b + r, x)), rising(a, r),
                                           minus(rising_of_rounded(a + b, r)), -loggamma(x + 1)],
    "hypergeometric": lambda x, n, a, b: [choose_as_one(a, x), choose_as_one(b, n - x), minus(choose_as_one(a + b, n))],
    "discreteRange": lambda x, l, u: [-log(u - l + 1)],
    "poisson": lambda x, r: [times_log(x, r), -r, -loggamma(x + 1)],
    "poissonLog": lambda x, l: [x * l, -mpmath.exp(l), -loggamma(x + 1)],
}
DISCRETE = {"bernoulli", "bernoulliLogit", "binomial", "binomialLogit", "poisson", "poissonLog", "geometric", "negBinomial",
            "negBinomial2", "negBinomial2Log", "betaBinomial", "betaNegBinomial", "hypergeometric", "discreteRange"}
# which parameters are whole numbers
WHOLE = {"binomial": {1}, "binomialLogit": {1}, "betaBinomial": {1}, "hypergeometric": {1, 2, 3}, "discreteRange": {1, 2}}


def expit(x):
    return 1 / (1 + math.exp(-x)) if x > -700 else math.exp(x)


SCIPY = {
    "normal": lambda x, m, s: stats.norm.logpdf(x, m, s),
    "halfNormal": lambda x, s: stats.halfnorm.logpdf(x, scale=s),
    "cauchy": lambda x, m, s: stats.cauchy.logpdf(x, m, s),
    "halfCauchy": lambda x, s: stats.halfcauchy.logpdf(x, scale=s),
    "studentT": lambda x, df, m, s: stats.t.logpdf(x, df, m, s),
    "exponential": lambda x, r: stats.expon.logpdf(x, scale=1 / r),
    "gamma": lambda x, a, r: stats.gamma.logpdf(x, a, scale=1 / r),
    "inverseGamma": lambda x, a, s: stats.invgamma.logpdf(x, a, scale=s),
    "logNormal": lambda x, m, s: stats.lognorm.logpdf(x, s, scale=math.exp(m)),
    "beta": lambda x, a, b: stats.beta.logpdf(x, a, b),
    "uniform": lambda x, a, b: stats.uniform.logpdf(x, a, b - a),
    "doubleExponential": lambda x, m, s: stats.laplace.logpdf(x, m, s),
    "stdNormal": lambda x: stats.norm.logpdf(x),
    "logistic": lambda x, m, s: stats.logistic.logpdf(x, m, s),
    "gumbel": lambda x, m, s: stats.gumbel_r.logpdf(x, m, s),
    "skewDoubleExponential": lambda x, m, s, t:
        stats.laplace_asymmetric.logpdf(x, math.sqrt(t / (1 - t)), m, s / (2 * math.sqrt(t * (1 - t)))),
    "halfStudentT": lambda x, df, s: stats.t.logpdf(x, df, 0, s) + math.log(2),
    "chiSquare": lambda x, df: stats.chi2.logpdf(x, df),
    "inverseChiSquare": lambda x, df: stats.invgamma.logpdf(x, df / 2, scale=0.5),
    "scaledInverseChiSquare": lambda x, df, s: stats.invgamma.logpdf(x, df / 2, scale=df / 2 * s ** 2),
    "weibull": lambda x, a, s: stats.weibull_min.logpdf(x, a, scale=s),
    "frechet": lambda x, a, s: stats.invweibull.logpdf(x, a, scale=s),
    "rayleigh": lambda x, s: stats.rayleigh.logpdf(x, scale=s),
    "logLogistic": lambda x, s, a: stats.fisk.logpdf(x, a, scale=s),
    "pareto": lambda x, m, a: stats.pareto.logpdf(x, a, scale=m),
    "paretoType2": lambda x, m, s, a: stats.lomax.logpdf(x, a, m, s),
    "betaProportion": lambda x, m, k: stats.beta.logpdf(x, m * k, (1 - m) * k),
    "bernoulli": lambda x, p: stats.bernoulli.logpmf(x, p),
    "bernoulliLogit": lambda x, l: stats.bernoulli.logpmf(x, expit(l)),
    "binomial": lambda x, n, p: stats.binom.logpmf(x, n, p),
    "binomialLogit": lambda x, n, l: stats.binom.logpmf(x, n, expit(l)),
    "skewNormal": lambda x, m, s, a: stats.skewnorm.logpdf(x, a, m, s),
    "expModNormal": lambda x, m, s, r: stats.exponnorm.logpdf(x, 1 / (r * s), m, s),
    "vonMises": lambda x, m, k: stats.vonmises.logpdf(x, k, m),
    "geometric": lambda x, p: stats.geom.logpmf(x + 1, p),
    "negBinomial": lambda x, a, r: stats.nbinom.logpmf(x, a, r / (1 + r)),
    "negBinomial2": lambda x, m, p: stats.nbinom.logpmf(x, p, p / (m + p)),
    "negBinomial2Log": lambda x, l, p: stats.nbinom.logpmf(x, p, p / (math.exp(l) + p)),
    "betaBinomial": lambda x, n, a, b: stats.betabinom.logpmf(x, n, a, b),
    "betaNegBinomial": lambda x, r, a, b: stats.betanbinom.logpmf(x, r, a, b),
    "hypergeometric": lambda x, n, a, b: stats.hypergeom.logpmf(x, a + b, a, n),
    "discreteRange": lambda x, l, u: stats.randint.logpmf(x, l, u + 1),
    "poisson": lambda x, r: stats.poisson.logpmf(x, r),
    "poissonLog": lambda x, l: stats.poisson.logpmf(x, math.exp(l)),
}


def scipy_wrong(family, x, p):
    """Why SciPy's value is no check of this point, or None."""
    if family.endswith("Logit") and abs(p[-1]) > 15:
        return "the complement of the probability loses digits"
    if family in ("scaledInverseChiSquare", "rayleigh", "paretoType2") and p[1 if family != "rayleigh" else 0] <= 1e-20:
        return "the square of the scale is 0, or the ratio to it infinite"
    if family in ("frechet", "logLogistic", "pareto"):
        shape, scale = p if family == "frechet" else p[::-1]
        log_ratio = math.log(x) - math.log(scale)
        log_power = shape * log_ratio
        if max(abs(log_ratio), abs(log_power)) > 300 or family == "frechet" and log_power < -6:
            return "it takes a power that is infinite, or the log of a density that is 0"
    if family in ("negBinomial", "negBinomial2", "negBinomial2Log", "betaBinomial", "betaNegBinomial") and max(p) > 1e9:
        return "it takes differences of large log-gammas"
    if family == "betaNegBinomial" and p[0] < 1:
        return "it says nan"
    if family == "negBinomial2" and p[0] < 1e-17 or family == "negBinomial2Log" and p[0] < -36:
        return "the probability rounds to 1"
    if family == "expModNormal" and p[1] * p[2] > 1e3:
        return "it takes the difference of large squares"
    if family == "vonMises" and p[1] == 0:
        return "the concentration must be positive there"
    if family == "poissonLog" and p[0] < -700:
        return "the rate is subnormal"
    if family in ("gamma", "logNormal", "rayleigh", "logLogistic", "weibull", "frechet", "chiSquare") and x < 1e-307:
        return "x / scale is subnormal"
    if family in ("doubleExponential", "skewDoubleExponential") and abs(x - p[0]) > 300 * p[1]:
        return "it takes the log of a density that is 0"
    return None


LOCATIONS = [-1e6, -40, -8, -1.5, -1e-8, 0, 5e-324, 1e-300, 0.25, 1, 3, 37, 1e10]
AT_LEAST_0 = [0, 5e-324, 1e-300, 1e-12, 0.1, 0.5, 1, 2.5, 30, 800, 1e10]
POSITIVE = [5e-324, 1e-300, 1e-12, 0.01, 0.5, 1, 2.5, 30, 800, 1e10, 1e300]
UNIT = [1e-300, 1e-12, 0.01, 0.3, 0.5, 0.9, 1 - 2.0 ** -30, 1 - 2.0 ** -53]
COUNTS = [0, 1, 2, 7, 40, 1000, 10 ** 6]
LOC_SCALE = [(0, 1), (2.5, 0.3), (-1, 1e-3), (3, 250)]

CASES = {
    "normal": (LOC_SCALE, LOCATIONS + [1e300]),
    "halfNormal": ([(1,), (0.02,), (300,)], AT_LEAST_0),
    "cauchy": (LOC_SCALE, LOCATIONS + [1e100]),
    "halfCauchy": ([(1,), (0.02,), (300,)], AT_LEAST_0 + [1e100]),
    "studentT": ([(df,) + ls for df in (0.1, 1, 4, 23.5, 24, 25, 80, 1e5, 1e12, 1e300) for ls in ((0, 1), (2.5, 0.3))],
                 LOCATIONS),
    "exponential": ([(1,), (1e-4,), (2e3,)], AT_LEAST_0),
    "gamma": ([(1, 1), (2, 0.5), (0.001, 0.001), (0.5, 3), (50, 20), (1e5, 1e4)], POSITIVE),
    "inverseGamma": ([(1, 1), (2, 0.5), (0.001, 0.001), (0.5, 3), (50, 20)], POSITIVE),
    "logNormal": ([(0, 1), (3, 0.1), (-2, 20)], POSITIVE),
    "beta": ([(1, 1), (2, 3), (0.5, 0.5), (0.01, 4), (1, 5), (5, 1), (200, 300), (1e-3, 1e3)], [0] + UNIT + [1]),
    "uniform": ([(0, 1), (-3, 7.5), (0.1, 0.3)], [-3, 0, 5e-324, 0.1, 0.2, 0.3, 1, 7.5]),
    "doubleExponential": (LOC_SCALE, LOCATIONS),
    "stdNormal": ([()], LOCATIONS + [-200, -3, 0.7, 5]),
    "logistic": (LOC_SCALE, LOCATIONS),
    "gumbel": (LOC_SCALE, LOCATIONS),
    "skewDoubleExponential": ([ls + (t,) for ls in LOC_SCALE for t in (1e-9, 0.2, 0.5, 0.999)], LOCATIONS),
    "halfStudentT": ([(df, s) for df in (0.1, 1, 4, 23.5, 25, 1e5, 1e12) for s in (1, 0.02, 300)], AT_LEAST_0),
    "chiSquare": ([(1e-3,), (1,), (2,), (4.5,), (100,), (1e5,)], POSITIVE),
    "inverseChiSquare": ([(1e-3,), (1,), (2,), (4.5,), (100,), (1e5,)], POSITIVE),
    "scaledInverseChiSquare": ([(1e-3, 1), (1, 0.03), (4.5, 30), (100, 1e-20), (1e5, 3)], POSITIVE[1:]),
    "weibull": ([(1, 1), (0.5, 3), (2, 0.02), (10, 800), (1e-3, 1e-3), (150, 1)], [0] + POSITIVE),
    "frechet": ([(1, 1), (0.5, 3), (2, 0.02), (10, 800), (1e-3, 1e-3), (150, 1)], POSITIVE),
    "rayleigh": ([(1,), (0.02,), (300,), (1e-100,)], AT_LEAST_0),
    "logLogistic": ([(1, 1), (3, 0.5), (0.02, 2), (800, 10), (1e-3, 1e-3), (1, 150)], POSITIVE),
    "pareto": ([(1, 1), (0.01, 0.5), (30, 7), (1e-300, 1e-3), (2.5, 1e6)], POSITIVE),
    "paretoType2": ([(0, 1, 1), (-8, 0.01, 0.5), (1, 30, 7), (0, 1e-100, 1e-3), (-1.5, 3, 1e6)], LOCATIONS),
    "betaProportion": ([(0.5, 2), (0.4, 5), (0.5, 0.01), (0.01, 30), (0.999, 600), (1e-9, 3), (0.3, 1e6)],
                       [0] + UNIT + [1]),
    "bernoulli": ([(0,), (5e-324,), (1e-300,), (1e-10,), (0.3,), (0.5,), (1 - 2.0 ** -53,), (1,)], [0, 1]),
    "bernoulliLogit": ([(l,) for l in (-740, -700, -40, -1.5, -1e-9, 0, 0.3, 20, 40, 700, 1e5)], [0, 1]),
    "binomial": ([(n, p) for n in (0, 1, 10, 1000) for p in (0, 1e-300, 1e-6, 0.3, 0.5, 1 - 1e-9, 1)],
                 [0, 1, 2, 7, 10, 999, 1000]),
    "binomialLogit": ([(n, l) for n in (0, 1, 10, 1000) for l in (-740, -700, -20, -0.5, 0, 1, 40, 700)],
                      [0, 1, 2, 7, 10, 999, 1000]),
    "skewNormal": ([ls + (a,) for ls in LOC_SCALE for a in (0, 0.7, -4, 1e5)], LOCATIONS),
    "expModNormal": ([ls + (r,) for ls in LOC_SCALE for r in (1e-3, 0.8, 30, 1e6)], LOCATIONS),
    "vonMises": ([(0, 0), (0, 1e-9), (1, 0.3), (-2, 4), (3, 19.9), (0.5, 20), (0, 300), (1, 1e6)],
                 [-40, -3, -1.5, -1e-8, 0, 5e-324, 1e-3, 0.25, 2, 3.14, 100]),
    "geometric": ([(1e-300,), (1e-10,), (0.3,), (0.5,), (1 - 2.0 ** -53,), (1,)], COUNTS),
    "negBinomial": ([(1, 1), (0.01, 0.5), (3.5, 20), (80, 1e-3), (1e10, 1e10), (1e15, 1e12)], COUNTS),
    "negBinomial2": ([(1, 1), (0.01, 0.5), (3.5, 1e-3), (80, 20), (4, 1e10), (1e4, 1e15), (1e-300, 2)], COUNTS),
    "negBinomial2Log": ([(0, 1), (-4, 0.5), (1.2, 1e-3), (4, 20), (1.5, 1e10), (9, 1e15), (-700, 2), (300, 3)], COUNTS),
    "betaBinomial": ([(0, 1, 1), (1, 0.3, 4), (10, 0.01, 0.02), (1000, 30, 2), (1000, 1e10, 1e10), (10, 1e15, 3)],
                     [0, 1, 2, 7, 10, 999, 1000]),
    "betaNegBinomial": ([(1, 1, 1), (0.3, 4, 0.02), (50, 0.5, 7), (6, 1e10, 1e10), (1e10, 1e10, 3)], COUNTS),
    "hypergeometric": ([(0, 3, 2), (5, 3, 2), (12, 20, 15), (1000, 1e6, 50), (1000, 10 ** 10, 10 ** 12), (40, 30, 35)],
                       [0, 1, 2, 3, 7, 10, 25, 1000]),
    "discreteRange": ([(0, 0), (-3, 7), (1, 10 ** 9)], [-3, 0, 1, 2, 3, 5, 7, 100, 10 ** 9, -1, 4, 6]),
    "poisson": ([(0,), (5e-324,), (1e-300,), (0.01,), (1,), (3.5,), (40,), (1e6,), (1e15,)], COUNTS),
    "poissonLog": ([(l,) for l in (-740, -700, -5, 0, 1.5, 12, 300, 700, 709)], COUNTS),
}


def inside(family, x, p):
    if family == "uniform":
        return p[0] <= x <= p[1]
    if family in ("pareto", "paretoType2"):
        return p[0] <= x
    if family == "hypergeometric":
        return max(0, p[0] - p[2]) <= x <= min(p[1], p[0])
    if family == "discreteRange":
        return p[0] <= x <= p[1]
    return family not in ("binomial", "binomialLogit", "betaBinomial") or x <= p[0]


def binary64(v):
    """The nearest double; infinite where the number or a term of it is too large."""
    return float(v) if abs(v) <= mpf(2) ** 1024 or mpmath.isinf(v) else math.copysign(math.inf, v)


def text(v):
    return repr(binary64(v))


def split(terms):
    """The terms' values, and their magnitudes."""
    pairs = [t if isinstance(t, tuple) else (t, abs(t)) for t in terms]
    return [p[0] for p in pairs], [abs(p[1]) for p in pairs]


def derivative(family, at, i):
    """The derivative in argument i and its magnitude. A one-sided derivative where there is no other."""
    step = mpf(10) ** -100 * abs(at[i]) if at[i] != 0 else mpf(10) ** -450

    def f(v):
        return TERMS[family](*(at[:i] + [v] + at[i + 1:]))

    low, high = split(f(at[i] - step))[0], split(f(at[i] + step))[0]
    slopes = [(h - l) / (2 * step) for l, h in zip(low, high)]
    values, magnitudes = split(f(at[i]))
    magnitude = sum(abs(s) * max(1, m / abs(v) if v != 0 else 1) for s, v, m in zip(slopes, values, magnitudes))
    if family in ("studentT", "halfStudentT") and i == 1:  # the derivative of one term is a difference of two parts of this size
        x, df, loc, scale = at if family == "studentT" else (at[0], at[1], 0, at[2])
        magnitude += log1p(((x - loc) / scale) ** 2 / df)
    if family in ("negBinomial2", "negBinomial2Log") and i == 2:  # likewise
        magnitude += log1p((at[1] if family == "negBinomial2" else mpmath.exp(at[1])) / at[2])
    return sum(slopes), magnitude


AT_0 = {"halfNormal", "halfCauchy", "halfStudentT", "exponential", "weibull", "rayleigh"}


def smooth(family, x, p):
    """Whether the density has finite derivatives at this point, in each argument."""
    at_edge = (family in ("beta", "betaProportion") and x in (0, 1) or family == "uniform" and x in p
               or family in ("bernoulli", "binomial", "geometric") and p[-1] in (0, 1)
               or family == "poisson" and p[0] == 0 or family in AT_0 and x == 0
               or family in ("doubleExponential", "skewDoubleExponential", "pareto", "paretoType2") and x == p[0])
    return not at_edge


def rows(family):
    parameters, points = CASES[family]
    for p in parameters:
        for x in points:
            if not inside(family, x, p):
                continue
            at = [mpf(float(v)) for v in (x,) + p]
            terms, magnitudes = split(TERMS[family](*at))
            value = sum(terms)
            magnitude = sum(magnitudes)
            if scipy_wrong(family, x, p) is None:
                other = float(SCIPY[family](float(x), *map(float, p)))
                expected = binary64(value)
                tolerance = 1e-12 * max(1, float(magnitude))
                assert other == expected or abs(other - expected) <= tolerance, (family, p, x, other, expected)
            row = [family] + [text(v) for v in at[1:]] + [text(at[0]), text(value), text(magnitude)]
            for i in range(len(at)):
                discrete = i == 0 and family in DISCRETE or i in WHOLE.get(family, ())
                if discrete or not smooth(family, x, p):
                    row += ["?", "?"]
                else:
                    row += [text(v) for v in derivative(family, at, i)]
            yield " ".join(row)


def main(families):
    """Replaces the lines of some families, or of all."""
    path = os.path.join(HERE, "densities.txt")
    kept = {}
    if families:
        for line in open(path):
            if not line.startswith("#"):
                kept.setdefault(line.split()[0], []).append(line.rstrip())
    for family in CASES:
        if not families or family in families:
            kept[family] = list(rows(family))
    with open(path, "w") as out:
        out.write(f"# written by generate.py with scipy {scipy.__version__}, mpmath {mpmath.__version__}\n")
        out.write("# family parameters... x logDensity magnitude [derivative magnitude]... (x, then each parameter; ? if none)\n")
        for family in CASES:
            out.writelines(line + "\n" for line in kept[family])


if __name__ == "__main__":
    main(sys.argv[1:])
