# Makes covariance.txt: values of covariance functions to 17 digits by mpmath, 50 digits.
#   python3 covariance.py > covariance.txt
from mpmath import mp, mpf, sqrt, exp, sin, pi

mp.dps = 50
points = [(mpf('0.3'), mpf('-1.2')), (mpf('0.3'), mpf('-1.2')), (mpf('0.25'), mpf('2.5')), (mpf('-3.75'), mpf('1e-3'))]
alpha, rho, ard, period = mpf('1.7'), mpf('0.8'), (mpf('0.8'), mpf('2.5')), mpf('3.25')


def r2(a, b, scale):
    return sum(((p - q) / s) ** 2 for p, q, s in zip(a, b, scale))


functions = {
    'exponentiatedQuadratic': lambda a, b, s: alpha**2 * exp(-r2(a, b, s) / 2),
    'matern12': lambda a, b, s: alpha**2 * exp(-sqrt(r2(a, b, s))),
    'matern32': lambda a, b, s: alpha**2 * (1 + sqrt(3 * r2(a, b, s))) * exp(-sqrt(3 * r2(a, b, s))),
    'matern52': lambda a, b, s: alpha**2 * (1 + sqrt(5 * r2(a, b, s)) + 5 * r2(a, b, s) / 3) * exp(-sqrt(5 * r2(a, b, s))),
}
print('# by covariance.py, mpmath', __import__('mpmath').__version__)
print('# points (0.3, -1.2) (0.3, -1.2) (0.25, 2.5) (-3.75, 1e-3), alpha 1.7, rho 0.8 or (0.8, 2.5), period 3.25')
print('# function, kind of length scale, then the lower triangle by rows')
lower = [(i, j) for i in range(4) for j in range(i + 1)]
for name, f in functions.items():
    for kind, scale in (('one', (rho, rho)), ('each', ard)):
        print(name, kind, *(mp.nstr(f(points[i], points[j], scale), 17) for i, j in lower))
print('periodic one', *(mp.nstr(alpha**2 * exp(-2 * sin(pi * sqrt(r2(points[i], points[j], (1, 1))) / period)**2 / rho**2), 17)
                        for i, j in lower))
print('dotProduct one', *(mp.nstr(alpha**2 + sum(p * q for p, q in zip(points[i], points[j])), 17) for i, j in lower))
