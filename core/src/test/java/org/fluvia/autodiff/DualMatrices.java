package org.fluvia.autodiff;

import java.util.Arrays;
import java.util.Comparator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.fluvia.autodiff.DualOracle.Dual;
import org.fluvia.autodiff.op.Op;

/** Factorisations and solves of matrices of dual numbers, element by element as in a textbook. */
final class DualMatrices {
    private DualMatrices() {}

    interface Operand {
        Dual get(int operand, int element, int draw);
    }

    static Dual[][] compute(Op<Expr> op, int size, int draws, Operand in) {
        Dual[][] out = new Dual[size][draws];
        for (int j = 0; j < draws; j++) {
            if (op instanceof Cholesky c) {
                for (int i = 0; i < c.count(); i++) place(out, j, i, cholesky(matrix(in, 0, i, c.n(), c.n(), j)));
            } else if (op instanceof CholeskyAdjoint c) {
                for (int i = 0; i < c.count(); i++) {
                    place(out, j, i, smith(matrix(in, 0, i, c.n(), c.n(), j), matrix(in, 1, i, c.n(), c.n(), j)));
                }
            } else if (op instanceof TriangularSolveDraws s) {
                for (int i = 0; i < s.count(); i++) {
                    place(out, j, i, solve(s, matrix(in, 0, i, s.n(), s.n(), j), matrix(in, 1, i, s.n(), s.p(), j)));
                }
            }
            if (op instanceof LuSolve s) {
                for (int i = 0; i < s.count(); i++) {
                    Dual[][] a = matrix(in, 0, i, s.n(), s.n(), j);
                    place(out, j, i, eliminate(s.transpose() ? transpose(a) : a, matrix(in, 2, i, s.n(), s.p(), j)));
                }
            }
            if (op instanceof LuDeterminant d) {
                for (int i = 0; i < d.count(); i++) {
                    Dual x = determinant(matrix(in, 0, i, d.n(), d.n(), j));
                    Dual log = new Dual(Math.log(Math.abs(x.v())), x.t() / x.v());
                    place(out, j, i, new Dual[][] {{d.log() ? log : x}});
                }
            }
            if (op instanceof MatrixExponential e) {
                for (int i = 0; i < e.count(); i++) place(out, j, i, exponential(matrix(in, 0, i, e.n(), e.n(), j)));
            }
            if (op instanceof EigenPart e) {
                for (int i = 0; i < e.count(); i++) place(out, j, i, eigen(e, matrix(in, 0, i, e.n(), e.n(), j)));
            }
        }
        return out;
    }

    private static Dual[][] matrix(Operand in, int operand, int which, int rows, int columns, int draw) {
        Dual[][] m = new Dual[rows][columns];
        for (int i = 0; i < rows * columns; i++) {
            m[i / columns][i % columns] = in.get(operand, which * rows * columns + i, draw);
        }
        return m;
    }

    private static void place(Dual[][] out, int draw, int which, Dual[][] m) {
        int columns = m.length == 0 ? 0 : m[0].length;
        int size = m.length * columns;
        for (int i = 0; i < size; i++) out[which * size + i][draw] = m[i / columns][i % columns];
    }

    private static Dual lessProduct(Dual x, Dual a, Dual b) {
        return new Dual(x.v() - a.v() * b.v(), x.t() - a.t() * b.v() - a.v() * b.t());
    }

    private static Dual div(Dual a, Dual b) {
        return new Dual(a.v() / b.v(), (a.t() - a.v() / b.v() * b.t()) / b.v());
    }

    private static Dual[][] cholesky(Dual[][] a) {
        int n = a.length;
        Dual[][] l = new Dual[n][n];
        for (Dual[] row : l) Arrays.fill(row, new Dual(0, 0));
        for (int j = 0; j < n; j++) {
            for (int i = j; i < n; i++) {
                Dual x = a[i][j];
                for (int k = 0; k < j; k++) x = lessProduct(x, l[i][k], l[j][k]);
                l[i][j] = i == j ? new Dual(Math.sqrt(x.v()), x.t() / (2 * Math.sqrt(x.v()))) : div(x, l[j][j]);
            }
        }
        return l;
    }

    /** Smith (1995), "Differentiation of the Cholesky algorithm". */
    private static Dual[][] smith(Dual[][] l, Dual[][] g) {
        int n = l.length;
        Dual[][] f = new Dual[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) f[i][j] = j <= i ? g[i][j] : new Dual(0, 0);
        }
        for (int k = n - 1; k >= 0; k--) {
            for (int j = k + 1; j < n; j++) {
                for (int i = j; i < n; i++) {
                    f[i][k] = lessProduct(f[i][k], f[i][j], l[j][k]);
                    f[j][k] = lessProduct(f[j][k], f[i][j], l[i][k]);
                }
            }
            for (int j = k + 1; j < n; j++) {
                f[j][k] = div(f[j][k], l[k][k]);
                f[k][k] = lessProduct(f[k][k], l[j][k], f[j][k]);
            }
            Dual d = div(f[k][k], l[k][k]);
            f[k][k] = new Dual(d.v() / 2, d.t() / 2);
        }
        return f;
    }

    private static Dual[][] solve(TriangularSolveDraws s, Dual[][] t, Dual[][] b) {
        int n = s.n();
        boolean forward = s.lower() != s.transpose();
        for (int k = 0; k < n; k++) {
            int i = forward ? k : n - 1 - k;
            for (int c = 0; c < s.p(); c++) {
                for (int j = forward ? 0 : i + 1; j < (forward ? i : n); j++) {
                    b[i][c] = lessProduct(b[i][c], s.transpose() ? t[j][i] : t[i][j], b[j][c]);
                }
                b[i][c] = div(b[i][c], t[i][i]);
            }
        }
        return b;
    }

    /** Gauss and Jordan, with the largest pivot. */
    private static Dual[][] eliminate(Dual[][] a, Dual[][] b) {
        int n = a.length;
        for (int k = 0; k < n; k++) {
            int best = k;
            for (int i = k; i < n; i++) if (Math.abs(a[i][k].v()) > Math.abs(a[best][k].v())) best = i;
            Dual[] row = a[k];
            a[k] = a[best];
            a[best] = row;
            row = b[k];
            b[k] = b[best];
            b[best] = row;
            for (int i = 0; i < n; i++) {
                if (i == k) continue;
                Dual factor = div(a[i][k], a[k][k]);
                for (int c = 0; c < n; c++) a[i][c] = lessProduct(a[i][c], factor, a[k][c]);
                for (int c = 0; c < b[i].length; c++) b[i][c] = lessProduct(b[i][c], factor, b[k][c]);
            }
        }
        for (int i = 0; i < n; i++) for (int c = 0; c < b[i].length; c++) b[i][c] = div(b[i][c], a[i][i]);
        return b;
    }

    /** By the first row (Laplace). */
    private static Dual determinant(Dual[][] a) {
        int n = a.length;
        if (n == 0) return new Dual(1, 0);
        if (n == 1) return a[0][0];
        Dual sum = new Dual(0, 0);
        for (int k = 0; k < n; k++) {
            Dual[][] minor = new Dual[n - 1][n - 1];
            for (int i = 1; i < n; i++) for (int c = 0; c < n; c++) if (c != k) minor[i - 1][c < k ? c : c - 1] = a[i][c];
            double sign = k % 2 == 0 ? -1 : 1;
            sum = lessProduct(sum, new Dual(sign * a[0][k].v(), sign * a[0][k].t()), determinant(minor));
        }
        return sum;
    }

    /** The series, of the matrix divided by 2^12, squared twelve times. */
    private static Dual[][] exponential(Dual[][] a) {
        int n = a.length;
        Dual[][] sum = new Dual[n][n];
        Dual[][] scaled = new Dual[n][n];
        for (int i = 0; i < n; i++) {
            for (int c = 0; c < n; c++) {
                scaled[i][c] = new Dual(a[i][c].v() / 4096, a[i][c].t() / 4096);
                sum[i][c] = new Dual(i == c ? 1 : 0, 0);
            }
        }
        Dual[][] term = sum;
        for (int k = 1; k < 15; k++) {
            term = product(term, scaled, 1.0 / k);
            Dual[][] next = new Dual[n][n];
            for (int i = 0; i < n; i++) {
                for (int c = 0; c < n; c++) next[i][c] = new Dual(sum[i][c].v() + term[i][c].v(), sum[i][c].t() + term[i][c].t());
            }
            sum = next;
        }
        for (int k = 0; k < 12; k++) sum = product(sum, sum, 1);
        return sum;
    }

    private static Dual[][] product(Dual[][] a, Dual[][] b, double factor) {
        int n = a.length;
        Dual[][] c = new Dual[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                Dual sum = new Dual(0, 0);
                for (int k = 0; k < n; k++) sum = lessProduct(sum, new Dual(-a[i][k].v(), -a[i][k].t()), b[k][j]);
                c[i][j] = new Dual(factor * sum.v(), factor * sum.t());
            }
        }
        return c;
    }

    private static Dual[][] transpose(Dual[][] a) {
        Dual[][] t = new Dual[a.length][a.length];
        for (int i = 0; i < a.length; i++) for (int j = 0; j < a.length; j++) t[i][j] = a[j][i];
        return t;
    }

    /** By EJML, with tangents by first-order perturbation theory: sums over pairs of vectors. */
    private static Dual[][] eigen(EigenPart e, Dual[][] a) {
        int n = a.length;
        if (n == 0) return a;
        DMatrixRMaj symmetric = new DMatrixRMaj(n, n);
        for (int i = 0; i < n; i++) for (int j = 0; j < n; j++) symmetric.set(i, j, a[Math.max(i, j)][Math.min(i, j)].v());
        EigenDecomposition_F64<DMatrixRMaj> decomposition = DecompositionFactory_DDRM.eig(n, true, true);
        decomposition.decompose(symmetric);
        Integer[] order = new Integer[n];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> decomposition.getEigenvalue(i).getReal()));
        double[] values = new double[n];
        double[][] vectors = new double[n][];
        for (int k = 0; k < n; k++) {
            values[k] = decomposition.getEigenvalue(order[k]).getReal();
            vectors[k] = decomposition.getEigenVector(order[k]).data.clone();
            double largest = 0;
            for (double x : vectors[k]) if (Math.abs(x) > Math.abs(largest)) largest = x;
            if (largest < 0) for (int i = 0; i < n; i++) vectors[k][i] *= -1;
        }
        Dual[][] out = new Dual[n][e.vectors() ? n : 1];
        for (int k = 0; k < n; k++) {
            if (!e.vectors()) out[k][0] = new Dual(values[k], between(vectors[k], a, vectors[k]));
            for (int i = 0; e.vectors() && i < n; i++) {
                double t = 0;
                for (int m = 0; m < n; m++) {
                    if (m != k) t += vectors[m][i] * between(vectors[m], a, vectors[k]) / (values[k] - values[m]);
                }
                out[i][k] = new Dual(vectors[k][i], t);
            }
        }
        return out;
    }

    private static double between(double[] x, Dual[][] a, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < x.length; j++) sum += x[i] * a[Math.max(i, j)][Math.min(i, j)].t() * y[j];
        }
        return sum;
    }
}
