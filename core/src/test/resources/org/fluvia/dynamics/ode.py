# Makes ode.txt: solutions of ordinary differential equations by SciPy, at tolerances near rounding.
#   python3 ode.py > ode.txt
import numpy as np
import scipy
from scipy.integrate import solve_ivp

print('# by ode.py, scipy', scipy.__version__)
print('# name, method, initial state; time, solution; ...')


def solve(name, f, y0, t0, times, method='DOP853', rtol=2.3e-14, atol=1e-16):
    s = solve_ivp(f, (t0, times[-1]), y0, method=method, t_eval=times, rtol=rtol, atol=atol)
    assert s.success
    rows = [' '.join([repr(float(t))] + [repr(float(v)) for v in s.y[:, i]]) for i, t in enumerate(s.t)]
    print(name, method + ';', '; '.join(rows))


# predator and prey
solve('lotkaVolterra', lambda t, y: [(0.55 - 0.028 * y[1]) * y[0], (0.024 * y[0] - 0.8) * y[1]], [33.0, 6.0], 0.0, [1.0, 4.5, 20.0])
# an epidemic: susceptible, infected, recovered
solve('sir', lambda t, y: [-0.4 * y[0] * y[1], 0.4 * y[0] * y[1] - 0.1 * y[1], 0.1 * y[1]], [0.99, 0.01, 0.0], 0.0, [10.0, 30.0, 100.0])
# a forced pendulum: depends on time
solve('pendulum', lambda t, y: [y[1], -np.sin(y[0]) - 0.2 * y[1] + 0.5 * np.cos(1.3 * t)], [0.3, 0.0], -1.0, [0.0, 5.0, 25.0])
# a relaxation oscillation, stiff between its jumps
solve('vanDerPol', lambda t, y: [y[1], 200 * (1 - y[0]**2) * y[1] - y[0]], [2.0, 0.0], 0.0, [10.0, 100.0, 250.0], 'Radau', 1e-13, 1e-13)
# Robertson's chemical reaction, stiff
solve('robertson', lambda t, y: [-0.04 * y[0] + 1e4 * y[1] * y[2], 0.04 * y[0] - 1e4 * y[1] * y[2] - 3e7 * y[1]**2, 3e7 * y[1]**2],
      [1.0, 0.0, 0.0], 0.0, [0.4, 40.0, 4e3, 4e5], 'Radau', 1e-13, 1e-17)
