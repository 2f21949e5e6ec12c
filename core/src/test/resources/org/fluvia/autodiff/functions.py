# Writes functions.txt, the reference of FunctionsTest:  python3 functions.py > functions.txt
# Needs mpmath (made with 1.4.1). A line: function, arguments, then the value and the derivative by each argument.
from mpmath import *

mp.dps = 800


def big_phi(x):
    return erfc(-x / sqrt(mpf(2))) / 2


def log_phi(x):
    return log1p(-big_phi(-x)) if x > 0 else log(big_phi(x))


def lgamma(x):
    return loggamma(x).real


def lbeta(a, b):
    return lgamma(a) + lgamma(b) - lgamma(a + b)


def lmgamma(p):
    return lambda x: p * (p - 1) / mpf(4) * log(pi) + sum(lgamma(x + mpf(1 - j) / 2) for j in range(1, p + 1))


TINY, HUGE = 1e-300, 1e300
ONE = {
    "erf": (erf, [-3, 0, 1e-9, 0.4, 0.6, 5]),
    "erfc": (erfc, [-3, 0, 0.3, 2, 20]),
    "normalCdf": (big_phi, [-37, -5, -0.5, 0, 0.5, 3, 8]),
    "normalQuantile": (lambda p: sqrt(mpf(2)) * erfinv(2 * p - 1), [1e-12, 0.1, 0.25, 0.4999, 0.75, 0.999]),
    "logNormalCdf": (log_phi, [-1e4, -100.5, -99.5, -37, -5, -0.5, 0.25, 0.5, 3, 20, 37]),
    "logNormalCcdf": (lambda x: log_phi(-x), [1e4, 100.5, 37, 5, 0.5, 0, -0.5, -20]),
    "logit": (lambda p: log(p / (1 - p)), [1e-300, 1e-5, 0.3, 0.7, 0.999999]),
    "logSigmoid": (lambda x: -log1p(exp(-x)), [-800, -40, -1, 0, 2, 40, 700]),
    "inverseCloglog": (lambda x: -expm1(-exp(x)), [-50, -2, 0, 1, 3]),
    "log1m": ((lambda x: log1p(-x)), [-1e10, -1, 1e-20, 0.5, 0.999]),
    "log1mExp": (lambda x: log1p(-exp(x)), [-700, -40, -1, -0.7, -0.69, -0.1, -1e-10, -1e-300]),
    "exp2": (lambda x: mpf(2) ** x, [-1000, -0.5, 0, 3, 1000.5]),
    "log2": (lambda x: log(x) / log(mpf(2)), [TINY, 0.5, 3, HUGE]),
    "log10": (lambda x: log(x) / log(mpf(10)), [TINY, 0.5, 3, HUGE]),
    "sin": (sin, [-100.5, 0, 0.5, 3.141592653589793, 1000000.0]),
    "cos": (cos, [-100.5, 0, 0.5, 3.141592653589793, 1000000.0]),
    "tan": (tan, [-100.5, 0, 0.5, 1.5707963267948966]),
    "asin": (asin, [-0.999, -0.5, 0, 0.5, 0.999]),
    "acos": (acos, [-0.999, -0.5, 0, 0.5, 0.999]),
    "atan": (atan, [-1e10, -0.5, 0, 0.5, 3]),
    "sinh": (sinh, [-700, -1, 0, 1e-10, 0.5, 30]),
    "cosh": (cosh, [-700, -1, 0, 1e-10, 0.5, 30]),
    "asinh": (asinh, [-1e100, -2, 1e-10, 0.5, 1e100]),
    "acosh": (acosh, [1.0000001, 1.5, 3, 1e100]),
    "atanh": (atanh, [-0.999999, -0.5, 1e-10, 0.5, 0.99]),
    "cbrt": (lambda x: sign(x) * cbrt(abs(x)), [-8, -TINY, 0.3, 1e200]),
    "lmgamma1": (lmgamma(1), [0.1, 5]),
    "lmgamma3": (lmgamma(3), [1.1, 2.5, 50]),
    "logMillsRatio": (lambda x: log(big_phi(-x)) + x * x / 2 + log(2 * pi) / 2, [-5, -0.5, 0, 0.5, 3, 37]),
    "logScaledBesselI0": (lambda x: log(besseli(0, x)) - x, [0.1, 1, 7, 30]),
}
TWO = {
    "logAddExp": (lambda a, b: log(exp(a) + exp(b)), [(0, 0), (-800, -801), (3, -50), (900, 901), (-1e4, 5)]),
    "logDiffExp": (lambda a, b: a + log1p(-exp(b - a)), [(1, 0), (-800, -801), (3, -50), (2, 1.9999), (900, -900)]),
    "xLogY": (lambda x, y: x * log(y), [(2, 3), (0.5, TINY), (-1, 0.5)]),
    "xLog1p": (lambda x, y: x * log1p(y), [(2, 3), (0.5, 1e-20), (-1, -0.5)]),
    "lbeta": (lbeta, [(0.5, 0.5), (1e-10, 3), (3, 7.9), (3, 8.1), (9, 8), (1e6, 2e6), (0.3, 1e10), (1e5, 0.01), (100, 1e7)]),
    "lchoose": (lambda n, k: -log1p(n) - lbeta(n - k + 1, k + 1), [(5, 2), (1000, 3), (1e6, 400000.0), (50.5, 20.25)]),
    "logRisingFactorial": (lambda x, n: lgamma(x + n) - lgamma(x), [(0.5, 3), (20, 0.5), (1e6, 10)]),
    "gammaP": (lambda a, x: gammainc(a, 0, x, regularized=True), [(0.5, 1e-9), (2, 3), (30, 25), (1e4, 1.01e4)]),
    "gammaQ": (lambda a, x: gammainc(a, x, regularized=True), [(0.01, 0.5), (2, 3), (30, 60), (1e4, 1.01e4)]),
    "logGammaP": (lambda a, x: log(gammainc(a, 0, x, regularized=True)), [(0.5, 1e-300), (3, 2), (40, 0.1), (40, 45), (1e4, 8e3)]),
    "logGammaQ": (lambda a, x: log(gammainc(a, x, regularized=True)), [(1e-5, 0.1), (1.5, 900), (40, 45), (1e4, 1.2e4)]),
    "atan2": (atan2, [(1, 2), (-1, 2), (1, -2), (-1, -2)]),
    "hypot": (lambda x, y: sqrt(x * x + y * y), [(3, 4), (-1e-10, 2)]),
}
THREE = {
    "incBeta": (lambda a, b, x: betainc(a, b, 0, x, regularized=True), [(2, 3, 0.4), (0.01, 0.3, 1e-9), (30, 20, 0.7), (1e3, 2e3, 0.34)]),
    "logIncBeta": (lambda a, b, x: log(betainc(a, b, 0, x, regularized=True)), [(2, 3, 1e-300), (0.5, 40, 0.3), (60, 50, 0.2), (3, 0.2, 0.999)]),
    "logBetaPrimeCdf": (lambda a, b, w: log(betainc(a, b, 0, w / (1 + w), regularized=True)), [(2, 3, 0.5), (0.5, 2, 1e9), (40, 30, 2)]),
    "logMix": (lambda t, a, b: log(t * exp(a) + (1 - t) * exp(b)), [(0.3, -1, 2), (1e-9, -800, -790), (0.999, 5, 700)]),
}


def row(name, f, args):
    args = [mpf(a) for a in args]
    derivatives = []
    for i in range(len(args)):
        h = (abs(args[i]) if args[i] != 0 else 1) * mpf(10) ** -100
        up = f(*[a + h if j == i else a for j, a in enumerate(args)])
        down = f(*[a - h if j == i else a for j, a in enumerate(args)])
        derivatives.append((up - down) / (2 * h))
    numbers = [*args, f(*args), *derivatives]
    print(name, len(args), *(repr(float(v)) for v in numbers))


for table in (ONE, TWO, THREE):
    for name, (f, points) in table.items():
        for point in points:
            row(name, f, point if isinstance(point, tuple) else (point,))
