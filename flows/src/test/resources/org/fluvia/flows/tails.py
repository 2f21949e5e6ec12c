# Writes tails.txt, the reference of TailTransformTest:  python3 tails.py > tails.txt
# Needs mpmath (made with 1.3.0). A line: number r, x, y = x exp(d x^2 / 2) with d = 2 tanh(r / 2), log dy/dx. Where r is negative y comes of
# Lambert's W, Goerg 2015, eq. 11.
from mpmath import exp, lambertw, log1p, mp, mpf, nstr, sign, sqrt, tanh

mp.dps = 60
for r in (0, 1e-300, 1e-12, 1e-3, 0.1, 0.5, 1, 2, 30):
    for s in (1, -1):
        for x in (0, 1e-300, 1e-8, 0.3, -1, 2.5, -4, 8, 15, -1e4, 1e30):
            x = mpf(x)
            d = 2 * tanh(mpf(s * r) / 2)
            if d >= 0:
                h = d * x**2 / 2
                y, slope = x * exp(h), h + log1p(2 * h)
            else:
                w = lambertw(-d * x**2).real
                h = w / 2
                y, slope = x * exp(-h), -h - log1p(w)
            if h < 200:
                print(s * r, nstr(x, 17), nstr(y, 17), nstr(slope, 17))
