# Writes functions.txt, the reference of FunctionAccuracyTest:  python3 functions.py > functions.txt
# Needs mpmath (made with 1.4.1). A line: operation, x, f(x) rounded to double, (exact - rounded) / ulp(rounded).
import math
import random

from mpmath import (acos, asin, atan, besseli, cbrt, cos, cosh, erf, erfc, erfinv, exp, expm1, log, log1p, loggamma, mp, mpf, pi, psi,
                    sin, sinh, sqrt, tan, tanh)

mp.prec = 300
random.seed(20261122)


def softplus(x):
    return log1p(exp(x)) if x < 0 else x + log1p(exp(-x))


def log_gamma(x):
    return loggamma(x).real


FUNCTIONS = {
    "EXP": (exp, -745.13, 709.78), "LOG": (log, 0, math.inf), "LOG1P": (log1p, -1, math.inf),
    "EXPM1": (expm1, -800, 709.78), "TANH": (tanh, -800, 800), "SIGMOID": (lambda x: 1 / (1 + exp(-x)), -745.13, 800),
    "SOFTPLUS": (softplus, -745.13, 1e300), "LGAMMA": (log_gamma, 0, 2.5e305),
    "DIGAMMA": (lambda x: psi(0, x), 0, 1e300), "TRIGAMMA": (lambda x: psi(1, x), 0, 1e150),
}
HOSTILE = [
    2.0**-1074, 3 * 2.0**-1074, 2.0**-1022, 2.0**-1022 * (1 - 2.0**-52), 1e-308, 1e-300, 1e-150, 2.0**-60, 2.0**-55,
    2.0**-54, 2.0**-53, 2.0**-52, 2.0**-30, 2.0**-27, 1e-5, 0.1, 0.25, 0.34657359027997264, 0.3465735902799727, 0.5,
    0.7071067811865475, 0.7071067811865476, 1 - 2.0**-53, 1.0, 1 + 2.0**-52, 1.0397207708399179, 1.4142135623730950, 1.5,
    2 - 2.0**-52, 2.0, 2 + 2.0**-51, math.e, 3.0, 7.999999999999999, 8.0, 10.0, 18.0, 18.36, 18.7, 19.06154746539849,
    19.1, 21.99, 22.0, 22.01, 36.0436533891, 37.5, 40.0, 100.0, 350.0, 700.0, 708.3964185322641, 709.0, 709.436139303,
    709.782712893384, 720.0, 744.0, 745.0, 745.13, 1e5, 1e10, 1e15, 1e16, 1e100, 1e300, 1.7976931348623157e308,
]


def points(low, high):
    xs = {sign * x for x in HOSTILE for sign in (1, -1)}
    for _ in range(40):
        xs.add(random.uniform(-750, 750))
        xs.add(random.uniform(-4, 4))
        xs.add(random.uniform(0, 3))
        xs.add(random.choice((1, -1)) * random.uniform(1, 2) * 2.0 ** random.randint(-1040, 1022))
        xs.add(random.choice((1, -1)) * random.uniform(1, 2) * 2.0 ** random.randint(-12, 5))
    return sorted(x for x in xs if low <= x <= high and x != low)


def scaled_normal_cdf(x):
    """Phi(x) / phi(x)."""
    if x > -1000:
        return erfc(-x / sqrt(mpf(2))) / 2 * sqrt(2 * pi) * exp(x * x / 2)
    total, term = mpf(0), mpf(1)
    for n in range(40):
        total += term
        term *= -(2 * n + 1) / (x * x)
    return total / -x


def log_normal_cdf(x):
    return log1p(-erfc(x / sqrt(mpf(2))) / 2) if x > 0 else log(scaled_normal_cdf(x)) - x * x / 2 - log(2 * pi) / 2


def normal_quantile(p):
    mp.prec = 2500
    x = sqrt(mpf(2)) * erfinv(2 * p - 1)
    mp.prec = 300
    return x


FUNCTIONS_OF_THE_NORMAL = {
    "ERF": (erf, -7, 7), "ERFC": (erfc, -7, 27.22), "NORMAL_CDF": (lambda x: erfc(-x / sqrt(mpf(2))) / 2, -38.46, 10),
    "LOG_NORMAL_CDF": (log_normal_cdf, -1e153, 38),
    "NORMAL_HAZARD": (lambda x: 1 / scaled_normal_cdf(x), -1e300, 38), "NORMAL_QUANTILE": (normal_quantile, 0, 1),
}
FURTHER_FUNCTIONS = {
    "LOG1M_EXP": (lambda x: log(-expm1(x)) if x > -1 else log1p(-exp(x)), -745.13, 0), "SIN": (sin, -1e300, 1e300), "COS": (cos, -1e300, 1e300),
    "TAN": (tan, -1e300, 1e300), "ASIN": (asin, -1, 1), "ACOS": (acos, -1, 1), "ATAN": (atan, -1e300, 1e300),
    "SINH": (sinh, -710.4, 710.4), "COSH": (cosh, -710.4, 710.4),
    "CBRT": (lambda x: cbrt(abs(x)) * (1 if x > 0 else -1), -1e300, 1e300),
}


def more_points(low, high):
    uniform = {random.uniform(max(low, -40), min(high, 40)) for _ in range(120)}
    return sorted(set(points(low, high)) | uniform)


LATER_FUNCTIONS = {
    "LOG_MILLS": (lambda x: log(scaled_normal_cdf(-x)), -1e153, 1e300),
    "LOG_SCALED_BESSEL_I0": (lambda x: log(besseli(0, x)) - x, 0, 1e8),
    "BESSEL_SLOPE": (lambda x: besseli(1, x) / besseli(0, x) - 1, 0, 1e8),
}


LISTS = [(name, f, points(f[1], f[2])) for name, f in FUNCTIONS.items()]
LISTS += [(name, f, more_points(f[1], f[2])) for name, f in (FUNCTIONS_OF_THE_NORMAL | FURTHER_FUNCTIONS).items()]
LISTS += [(name, f, more_points(f[1], f[2])) for name, f in LATER_FUNCTIONS.items()]
for name, (function, low, high), xs in LISTS:
    for x in xs:
        exact = function(mpf(x))
        rounded = float(exact)
        if exact == 0 or math.isinf(rounded):
            continue
        print(name, x.hex(), rounded.hex(), "%.4f" % float((exact - mpf(rounded)) / mpf(math.ulp(rounded))))
