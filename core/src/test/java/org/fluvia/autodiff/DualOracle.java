package org.fluvia.autodiff;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fluvia.autodiff.loop.Loop;
import org.fluvia.autodiff.loop.LoopBody;
import org.fluvia.autodiff.ode.OdeEnd;
import org.fluvia.autodiff.ode.OdeSolve;
import org.fluvia.autodiff.ode.OdeSystem;
import org.fluvia.autodiff.op.Dag;
import org.fluvia.autodiff.op.Op;

/**
 * Forward-mode differentiation with dual numbers, one element and draw at a time, by plain loops over java.lang.Math: it
 * shares neither kernels, nor memory planning, nor the table of adjoints with what it checks.
 */
final class DualOracle {
    record Dual(double v, double t) {}

    /** A value: [element][draw], one draw if shared. */
    private final Map<Expr, Dual[][]> values = new HashMap<>();
    private final int draws;

    private DualOracle(int draws) {
        this.draws = draws;
    }

    /** The value of an expression at given inputs with given tangents: [input] -> elements x draws, row-major. */
    static Dual[][] evaluate(Expr output, int draws, Map<Expr, double[]> inputs, Map<Expr, double[]> tangents) {
        DualOracle o = new DualOracle(draws);
        List<Expr> order = Dag.reachable(List.of(output));
        for (Expr x : order) {
            double[] v = inputs.get(x);
            if (v != null) {
                double[] t = tangents.getOrDefault(x, new double[v.length]);
                o.values.put(x, o.fill(x, (i, j) -> {
                    int at = x.isPerDraw() ? i * draws + j : i;
                    return new Dual(v[at], t[at]);
                }));
            } else {
                o.values.put(x, o.compute(x));
            }
        }
        return o.values.get(output);
    }

    private interface Rule {
        Dual at(int element, int draw);
    }

    private Dual[][] fill(Expr x, Rule rule) {
        Dual[][] out = new Dual[x.shape().size()][x.isPerDraw() ? draws : 1];
        for (int i = 0; i < out.length; i++) {
            for (int j = 0; j < out[i].length; j++) out[i][j] = rule.at(i, j);
        }
        return out;
    }

    private Dual get(Expr x, int k, int i, int j) {
        Dual[][] v = values.get(x.operand(k));
        Dual[] row = v[v.length == 1 ? 0 : i];
        return row[row.length == 1 ? 0 : j];
    }

    private Dual[][] compute(Expr x) {
        Op<Expr> op = x.op;
        if (op instanceof Constant c) return fill(x, (i, j) -> new Dual(c.values[i], 0));
        if (op instanceof Input in) return fill(x, (i, j) -> new Dual(in.initial[i], 0));
        if (op instanceof Unary u) return fill(x, (i, j) -> DualFunctions.unary(u, get(x, 0, i, j)));
        if (op instanceof Binary b) return fill(x, (i, j) -> DualFunctions.binary(b, get(x, 0, i, j), get(x, 1, i, j)));
        if (op instanceof Ternary t) return fill(x, (i, j) -> DualFunctions.ternary(t, get(x, 0, i, j), get(x, 1, i, j), get(x, 2, i, j)));
        if (op instanceof Where) return fill(x, (i, j) -> get(x, get(x, 0, i, j).v != 0 ? 1 : 2, i, j));
        if (op instanceof Expand || op instanceof Reshape || op instanceof Declared || op instanceof Guard) return fill(x, (i, j) -> get(x, 0, i, j));
        if (op instanceof WithValue) {
            return fill(x, (i, j) -> new Dual(get(x, 0, i, j).v, x.operandCount() == 1 ? 0 : get(x, 1, i, j).t));
        }
        if (op instanceof Solved) {
            return fill(x, (i, j) -> new Dual(get(x, 0, i, j).v, (get(x, 1, i, j).t - get(x, 2, i, j).t) / get(x, 3, i, j).v));
        }
        if (op instanceof Slice s) return fill(x, (i, j) -> get(x, 0, s.from() + i, j));
        if (op instanceof SumElements) return fill(x, (i, j) -> sum(x, (e, q) -> get(x, 0, e, q), size(x, 0), j));
        if (op instanceof Dot) return fill(x, (i, j) -> sum(x, (e, q) -> DualFunctions.times(get(x, 0, e, q), get(x, 1, e, q)), size(x, 0), j));
        if (op instanceof LogSumExp) {
            return fill(x, (i, j) -> {
                Dual s = sum(x, (e, q) -> DualFunctions.exp(get(x, 0, e, q)), size(x, 0), j);
                return new Dual(Math.log(s.v), size(x, 0) == 0 ? 0 : s.t / s.v);
            });
        }
        if (op instanceof SumDraws) return fill(x, (i, j) -> sum(x, (e, q) -> get(x, 0, i, e), draws, j));
        if (op instanceof OuterDraws o) return fill(x, (i, j) -> outer(x, o, i));
        if (op instanceof MatMul m) return fill(x, (i, j) -> matmul(x, m, i, j));
        if (op instanceof TriangularSolve s) return solve(x, s);
        if (op instanceof Transpose t) {
            return fill(x, (i, j) -> get(x, 0, i % t.rows() * t.columns() + i / t.rows(), j));
        }
        if (op instanceof Concat) return fill(x, (i, j) -> concat(x, i, j));
        if (op instanceof Gather) return fill(x, (i, j) -> get(x, 0, (int) get(x, 1, i, 0).v, j));
        if (op instanceof ScatterAdd) {
            return fill(x, (i, j) -> sum(x, (e, q) -> (int) get(x, 1, e, 0).v == i ? get(x, 0, e, q) : new Dual(0, 0),
                    size(x, 0), j));
        }
        if (op instanceof MatMulDraws m) {
            return fill(x, (i, j) -> {
                int at = i / (m.m() * m.p());
                int row = i / m.p() % m.m();
                int column = i % m.p();
                return sum(x, (e, q) -> DualFunctions.times(
                        get(x, 0, at * m.m() * m.k() + (m.transposeA() ? e * m.m() + row : row * m.k() + e), q),
                        get(x, 1, at * m.k() * m.p() + (m.transposeB() ? column * m.k() + e : e * m.p() + column), q)), m.k(), j);
            });
        }
        if (op instanceof MatMulShared m) {
            return fill(x, (i, j) -> sum(x, (e, q) -> DualFunctions.times(get(x, 0, i / m.p() * m.k() + e, q),
                    get(x, 1, m.transposeB() ? i % m.p() * m.k() + e : e * m.p() + i % m.p(), 0)), m.k(), j));
        }
        if (op instanceof Cholesky || op instanceof CholeskyAdjoint || op instanceof TriangularSolveDraws || op instanceof EigenPart
                || op instanceof LuSolve || op instanceof LuDeterminant || op instanceof MatrixExponential) {
            return DualMatrices.compute(op, x.shape().size(), x.isPerDraw() ? draws : 1, (k, i, j) -> get(x, k, i, j));
        }
        if (op instanceof EigenSymmetric || op instanceof Lu) {
            return fill(x, (i, j) -> new Dual(Double.NaN, Double.NaN)); // what is computed from them takes the matrix
        }
        if (op instanceof External e) return external(x, e);
        if (op instanceof Select t) return fill(x, (i, j) -> t.from[i] < 0 ? new Dual(0, 0) : get(x, 0, t.from[i], j));
        if (op instanceof AddAt t) {
            return fill(x, (i, j) -> sum(x, (e, q) -> t.at[e] == i ? get(x, 0, e, q) : new Dual(0, 0), size(x, 0), j));
        }
        if (op instanceof GatherRows r) {
            int n = r.inner();
            return fill(x, (i, j) -> get(x, 0, (int) get(x, 1, i / n, 0).v * n + i % n, j));
        }
        if (op instanceof AddRows r) {
            int n = r.inner();
            return fill(x, (i, j) -> sum(x, (e, q) -> (int) get(x, 1, e / n, 0).v * n + e % n == i ? get(x, 0, e, q)
                    : new Dual(0, 0), size(x, 0), j));
        }
        if (op instanceof RepeatAxis r) {
            Axis a = r.axis();
            return fill(x, (i, j) -> get(x, 0, i / (a.n() * a.inner()) * a.inner() + i % a.inner(), j));
        }
        if (op instanceof SumAxis s) return fill(x, (i, j) -> sum(x, (e, q) -> entry(x, s.axis(), i, e, q), s.axis().n(), j));
        if (op instanceof CumulativeSum c) {
            Axis a = c.axis();
            return fill(x, (i, j) -> {
                int at = i / a.inner() % a.n();
                int column = i / (a.n() * a.inner()) * a.inner() + i % a.inner();
                return sum(x, (e, q) -> (c.backward() ? e >= at : e <= at) ? entry(x, a, column, e, q) : new Dual(0, 0), a.n(), j);
            });
        }
        if (op instanceof MaxAxis m) {
            return fill(x, (i, j) -> {
                Dual best = new Dual(Double.NEGATIVE_INFINITY, 0);
                for (int e = 0; e < m.axis().n(); e++) {
                    Dual d = entry(x, m.axis(), i, e, j);
                    if (d.v > best.v) best = d;
                }
                return best;
            });
        }
        if (op instanceof LogSumExpAxis l) {
            return fill(x, (i, j) -> {
                Dual s = sum(x, (e, q) -> DualFunctions.exp(entry(x, l.axis(), i, e, q)), l.axis().n(), j);
                return new Dual(Math.log(s.v), l.axis().n() == 0 ? 0 : s.t / s.v);
            });
        }
        if (op instanceof Loop l) return loop(x, l);
        if (op instanceof OdeSolve o) return ode(x, o.system(), o.times());
        if (op instanceof OdeEnd o) return ode(x, o.system(), 1);
        throw new IllegalStateException("no rule for " + op.label());
    }

    private static int size(Expr x, int k) {
        return x.operand(k).shape().size();
    }

    private static Dual sum(Expr x, Rule term, int n, int draw) {
        double v = 0;
        double t = 0;
        for (int e = 0; e < n; e++) {
            Dual d = term.at(e, draw);
            v += d.v;
            t += d.t;
        }
        return new Dual(v, t);
    }

    /** Entry e of the axis whose reduction is element i. */
    private Dual entry(Expr x, Axis a, int i, int e, int draw) {
        return get(x, 0, (i / a.inner() * a.n() + e) * a.inner() + i % a.inner(), draw);
    }

    private Dual concat(Expr x, int i, int j) {
        int k = 0;
        while (i >= size(x, k)) i -= size(x, k++);
        return get(x, k, i, j);
    }

    private Dual matmul(Expr x, MatMul m, int i, int j) {
        int p = x.shape().size() / m.m();
        int row = i / p;
        return sum(x, (e, q) -> DualFunctions.times(get(x, 0, m.transposeA() ? e * m.m() + row : row * m.k() + e, 0), get(x, 1, e * p + i % p, q)),
                m.k(), j);
    }

    private Dual outer(Expr x, OuterDraws o, int i) {
        Dual total = new Dual(0, 0);
        for (int q = 0; q < o.p(); q++) {
            int column = q;
            Dual d = sum(x, (e, j) -> DualFunctions.times(get(x, 0, i / o.n() * o.p() + column, e), get(x, 1, i % o.n() * o.p() + column, e)), draws, 0);
            total = new Dual(total.v + d.v, total.t + d.t);
        }
        return total;
    }

    private Dual[][] solve(Expr x, TriangularSolve s) {
        Dual[][] out = new Dual[x.shape().size()][x.isPerDraw() ? draws : 1];
        if (out.length == 0) return out;
        int n = s.n();
        int p = out.length / n;
        for (int j = 0; j < out[0].length; j++) {
            for (int q = 0; q < p; q++) {
                for (int k = 0; k < n; k++) {
                    int row = s.transpose() ? n - 1 - k : k;
                    Dual b = get(x, 1, row * p + q, j);
                    for (int e = s.transpose() ? row + 1 : 0; e < (s.transpose() ? n : row); e++) {
                        Dual c = DualFunctions.times(get(x, 0, s.transpose() ? e * n + row : row * n + e, 0), out[e * p + q][j]);
                        b = new Dual(b.v - c.v, b.t - c.t);
                    }
                    Dual diagonal = get(x, 0, row * n + row, 0);
                    out[row * p + q][j] = new Dual(b.v / diagonal.v, (b.t - b.v / diagonal.v * diagonal.t) / diagonal.v);
                }
            }
        }
        return out;
    }

    private Dual[][] external(Expr x, External e) {
        int d = size(x, 0);
        Dual[][] out = new Dual[d + 1][draws];
        for (int j = 0; j < draws; j++) {
            double[] point = new double[d];
            double[] gradient = new double[d];
            for (int i = 0; i < d; i++) point[i] = get(x, 0, i, j).v;
            double v = e.density().logDensity(point, gradient);
            double t = 0;
            for (int i = 0; i < d; i++) t += gradient[i] * get(x, 0, i, j).t;
            out[0][j] = new Dual(v, t);
            for (int i = 0; i < d; i++) out[i + 1][j] = new Dual(gradient[i], Double.NaN);
        }
        return out;
    }

    /** Step by step, the body evaluated anew for each. */
    private Dual[][] loop(Expr x, Loop l) {
        LoopBody body = l.body();
        int size = body.stateSize();
        Dual[][] out = new Dual[x.shape().size()][];
        int columns = x.isPerDraw() ? draws : 1;
        Dual[][] state = new Dual[size][columns];
        for (int i = 0; i < size; i++) for (int j = 0; j < columns; j++) state[i][j] = get(x, 0, i, j);
        int row = l.history() && l.reverse() ? l.steps() : 0;
        System.arraycopy(state, 0, out, row * size, size);
        for (int i = 0; i < l.steps(); i++) {
            int t = l.reverse() ? l.steps() - 1 - i : i;
            Map<Expr, double[]> at = new HashMap<>();
            Map<Expr, double[]> along = new HashMap<>();
            put(body.state, state, 0, at, along);
            List<Expr> symbols = body.symbols();
            for (int k = 0; k < symbols.size(); k++) {
                int from = k < body.inputs.size() ? t * symbols.get(k).shape().size() : 0;
                put(symbols.get(k), values.get(x.operand(k + 1)), from, at, along);
            }
            state = new Dual[size][];
            int to = 0;
            for (Expr part : body.next) {
                for (Dual[] r : evaluate(part, draws, at, along)) state[to++] = repeated(r, columns);
            }
            for (int e = 0; e < body.emitted.size(); e++) {
                to = l.emittedFrom(e) + t * body.emitted.get(e).shape().size();
                for (Dual[] r : evaluate(body.emitted.get(e), draws, at, along)) out[to++] = repeated(r, columns);
            }
            if (l.history()) row += l.reverse() ? -1 : 1;
            System.arraycopy(state, 0, out, row * size, size);
        }
        return out;
    }

    /** By the classical Runge-Kutta method in many equal steps; what is kept for the adjoint is left out. */
    private Dual[][] ode(Expr x, OdeSystem s, int times) {
        int steps = 400;
        int n = s.size();
        int columns = x.isPerDraw() ? draws : 1;
        Dual[][] out = fill(x, (i, j) -> new Dual(0, 0));
        double[] z = new double[n * columns];
        double[] dz = new double[n * columns];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < columns; j++) {
                z[i * columns + j] = get(x, 0, i, j).v;
                dz[i * columns + j] = get(x, 0, i, j).t;
            }
        }
        Map<Expr, double[]> at = new HashMap<>();
        Map<Expr, double[]> along = new HashMap<>();
        for (int k = 0; k < s.invariants().size(); k++) put(s.invariants().get(k), values.get(x.operand(3 + k)), 0, at, along);
        double t = get(x, 1, 0, 0).v;
        for (int k = 0; k < times; k++) {
            double h = (get(x, 2, k, 0).v - t) / steps;
            for (int step = 0; step < steps; step++, t += h) {
                double[][] k1 = slope(s, t, z, dz, columns, at, along);
                double[][] k2 = slope(s, t + h / 2, plus(z, h / 2, k1[0]), plus(dz, h / 2, k1[1]), columns, at, along);
                double[][] k3 = slope(s, t + h / 2, plus(z, h / 2, k2[0]), plus(dz, h / 2, k2[1]), columns, at, along);
                double[][] k4 = slope(s, t + h, plus(z, h, k3[0]), plus(dz, h, k3[1]), columns, at, along);
                for (int q = 0; q < 2; q++) {
                    double[] y = q == 0 ? z : dz;
                    for (int i = 0; i < y.length; i++) y[i] += h / 6 * (k1[q][i] + 2 * k2[q][i] + 2 * k3[q][i] + k4[q][i]);
                }
            }
            t = get(x, 2, k, 0).v;
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < columns; j++) out[k * n + i][j] = new Dual(z[i * columns + j], dz[i * columns + j]);
            }
        }
        return out;
    }

    /** The rate and its tangent. */
    private double[][] slope(OdeSystem s, double t, double[] z, double[] dz, int columns, Map<Expr, double[]> at,
                             Map<Expr, double[]> along) {
        double[] time = new double[columns];
        java.util.Arrays.fill(time, t);
        at.put(s.time(), time);
        at.put(s.state(), z);
        along.put(s.state(), dz);
        Dual[][] f = evaluate(s.rate(), draws, at, along);
        double[][] slope = new double[2][z.length];
        for (int i = 0; i < f.length; i++) {
            for (int j = 0; j < columns; j++) {
                slope[0][i * columns + j] = f[i][f[i].length == 1 ? 0 : j].v;
                slope[1][i * columns + j] = f[i][f[i].length == 1 ? 0 : j].t;
            }
        }
        return slope;
    }

    private static double[] plus(double[] x, double h, double[] y) {
        double[] z = new double[x.length];
        for (int i = 0; i < z.length; i++) z[i] = x[i] + h * y[i];
        return z;
    }

    private static Dual[] repeated(Dual[] row, int columns) {
        Dual[] r = new Dual[columns];
        for (int j = 0; j < columns; j++) r[j] = row[row.length == 1 ? 0 : j];
        return r;
    }

    private static void put(Expr symbol, Dual[][] rows, int from, Map<Expr, double[]> at, Map<Expr, double[]> along) {
        int n = symbol.shape().size();
        int columns = n == 0 ? 1 : rows[0].length;
        double[] v = new double[n * columns];
        double[] t = new double[n * columns];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < columns; j++) {
                v[i * columns + j] = rows[from + i][j].v;
                t[i * columns + j] = rows[from + i][j].t;
            }
        }
        at.put(symbol, v);
        along.put(symbol, t);
    }
}
