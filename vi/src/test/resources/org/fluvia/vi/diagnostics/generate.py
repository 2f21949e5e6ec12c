"""Writes the reference files of this folder: python generate.py
Needs arviz 0.23.4, arviz-stats 0.8.0, numpy 2.4.6, scipy 1.17.1, mpmath 1.4.1 (Python 3.11).

psis/*.txt     log ratios (exact binary64 values in Python's shortest notation), ArviZ's smoothed and normalised log weights, and in
               the header ArviZ's k-hat, 1 / sum w^2 of those weights, and by mpmath with 50 digits: log mean exp of the ratios, its
               delta-method standard error, the mean ratio over finite ratios and its standard error.
summaries.txt  mean and sd by mpmath with 50 digits, quantiles by numpy.quantile (method linear = type 7), for draws
               offset + step * ((multiplier * i) mod modulus), which are exact in binary64.
Where the ratios have no ties and are finite and 3 sqrt(S) is whole, arviz-stats must say the same as ArviZ: it is another
implementation, with floor in place of ceil in the tail length and ties at the border counted to the tail.
"""
import math
import os

import arviz
import arviz_stats
import mpmath
import numpy as np
import scipy
from arviz_stats.base import array_stats
from scipy import stats

HERE = os.path.dirname(os.path.abspath(__file__))
VERSIONS = (f"arviz {arviz.__version__}, arviz-stats {arviz_stats.__version__}, numpy {np.__version__}, "
            f"scipy {scipy.__version__}, mpmath {mpmath.__version__}")
mpmath.mp.dps = 50


def grid(n, stride=131):
    """The quantile levels (i + 1/2) / n, in an order without a trend."""
    assert math.gcd(n, stride) == 1
    return ((np.arange(n) * stride) % n + 0.5) / n


def cases():
    n = 400
    p = grid(n)
    normal = stats.norm.ppf(p)
    student = stats.t(5).ppf(p)
    yield "t_by_normal", "target t(5), draws normal", stats.t(5).logpdf(normal) - stats.norm.logpdf(normal)
    yield "normal_by_t", "target normal, draws t(5): bounded", stats.norm.logpdf(student) - stats.t(5).logpdf(student)
    yield "wide_by_narrow", "target normal of variance 2: k = 1/2", stats.norm(0, 2 ** 0.5).logpdf(normal) - stats.norm.logpdf(normal)
    yield "lognormal", "log ratio normal, sd 1", normal
    yield "lognormal_shifted", "log ratio normal, sd 2, plus 12345.678", 12345.678 + 2 * normal
    for k in (0.1, 0.5, 0.7, 1.2):
        yield f"pareto_{k}", f"ratio Pareto, k = {k}", -k * np.log1p(-p)
    yield "ties", "log ratio normal, sd 1.5, rounded to tenths", np.round(15 * normal) / 10
    half = 1.5 * normal.copy()
    half[::3] = -np.inf
    yield "impossible", "log ratio normal, sd 1.5, every third -infinity", half
    yield "wide_range", "log ratio normal, sd 300: beyond the range of exp", 300 * normal
    yield "smallest", "21 draws, the fewest with a fit", 2 * stats.norm.ppf(grid(21))
    rng = np.random.default_rng(20240713)
    yield "random", "2500 random draws: target Laplace, draws normal", (
        lambda x: stats.laplace.logpdf(x) - stats.norm.logpdf(x))(rng.standard_normal(2500))


def moments(ratios):
    r = [mpmath.mpf(float(x)) for x in ratios]
    w = [mpmath.exp(x) if x != -mpmath.inf else mpmath.mpf(0) for x in r]
    n = len(w)
    mean = mpmath.fsum(w) / n
    se = mpmath.sqrt(mpmath.fsum((x - mean) ** 2 for x in w) / n / (n - 1)) / mean
    finite = [x for x in r if x != -mpmath.inf]
    elbo = mpmath.fsum(finite) / len(finite)
    elbo_se = mpmath.sqrt(mpmath.fsum((x - elbo) ** 2 for x in finite) / len(finite) / (len(finite) - 1))
    return [float(x) for x in (mpmath.log(mean), se, elbo, elbo_se)]


def write_psis():
    os.makedirs(os.path.join(HERE, "psis"), exist_ok=True)
    for name, what, ratios in cases():
        weights, khat = arviz.psislw(ratios.copy())
        khat = float(khat)
        n = len(ratios)
        compared = np.all(np.isfinite(ratios)) and len(np.unique(ratios)) == n and np.ptp(ratios) < 700 and n > 225
        print(name, "khat", khat, "compared" if compared else "")
        if compared:
            assert (3 * n ** 0.5).is_integer()
            other, other_khat = array_stats.psislw(-ratios)
            assert abs(khat - other_khat) < 1e-10, name
            assert np.max(np.abs(weights - other)) < 1e-10, name
        log_evidence, log_evidence_se, elbo, elbo_se = moments(ratios)
        with open(os.path.join(HERE, "psis", name + ".txt"), "w") as out:
            out.write(f"# {what}\n# written by generate.py with {VERSIONS}\n")
            for key, value in dict(khat=khat, ess=float(1 / np.sum(np.exp(2 * weights))), log_evidence=log_evidence,
                                   log_evidence_se=log_evidence_se, elbo=elbo, elbo_se=elbo_se).items():
                out.write(f"{key} = {value!r}\n")
            out.write("ratio weight\n")
            for ratio, weight in zip(ratios, weights):
                out.write(f"{float(ratio)!r} {float(weight)!r}\n")


def write_summaries():
    with open(os.path.join(HERE, "summaries.txt"), "w") as out:
        out.write(f"# written by generate.py with {VERSIONS}\n")
        out.write("# n multiplier modulus step offset mean sd q05 q25 q50 q75 q95\n")
        for n in (2, 7, 8, 9, 15, 16, 17, 1021):
            for step, offset in ((2.0 ** -10, 0.0), (2.0 ** -10, 1e8), (2.0 ** 1000, 0.0), (2.0 ** -1070, 0.0)):
                draws = [offset + step * ((7919 * i) % 1021) for i in range(n)]
                exact = [mpmath.mpf(x) for x in draws]
                mean = mpmath.fsum(exact) / n
                sd = mpmath.sqrt(mpmath.fsum((x - mean) ** 2 for x in exact) / (n - 1))
                quantiles = np.quantile(np.array(draws), [0.05, 0.25, 0.5, 0.75, 0.95], method="linear")
                numbers = [step, offset, float(mean), float(sd)] + [float(q) for q in quantiles]
                out.write(f"{n} 7919 1021 " + " ".join(repr(x) for x in numbers) + "\n")


write_psis()
write_summaries()
