package org.fluvia.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.ode.OdeSettings;
import org.fluvia.autodiff.ode.Trajectory;
import org.fluvia.autodiff.op.Dag;
import org.fluvia.autodiff.op.Reach;
import org.fluvia.kernel.BinaryOp;
import org.fluvia.kernel.UnaryOp;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every primitive's adjoint, against forward-mode dual numbers and central differences. */
class AdjointTest {
    private static final int DRAWS = 11;

    /** The inputs that every function of the table may use: u and v per draw, a and b shared, matrix and index shared. */
    static final class Inputs {
        final Expr u;
        final Expr v;
        final Expr s = Expr.perDraw("s", Shape.scalar());
        final Expr a;
        final Expr c = Expr.shared("c", Shape.scalar(), 0);
        final Expr m;
        final Expr l;
        final Expr w;
        final Expr index;

        Inputs() {
            this(4, 3);
        }

        /** The sizes are 4 and 3 for most of the table; {@link EmptyValuesTest} makes them 0. */
        Inputs(int n, int k) {
            u = Expr.perDraw("u", Shape.of(n));
            v = Expr.perDraw("v", Shape.of(n));
            a = Expr.shared("a", Shape.of(n), new double[n]);
            m = Expr.shared("m", Shape.of(k, n), new double[k * n]);
            l = Expr.shared("l", Shape.of(n, n), new double[n * n]);
            w = Expr.perDraw("w", Shape.of(n, k));
            index = n == 0 ? Expr.vector() : Expr.vector(2, 0, 3, 3, 1, 2);
        }

        List<Expr> all() {
            return List.of(u, v, s, a, c, m, l, w);
        }
    }

    static final Map<String, Function<Inputs, Expr>> TABLE = new LinkedHashMap<>();

    static {
        for (UnaryOp op : UnaryOp.values()) {
            if (op == UnaryOp.TRIGAMMA || op == UnaryOp.IS_FINITE || op == UnaryOp.FLOOR) continue; // no derivative; zero
            TABLE.put(op + " per draw", in -> Unary.of(op, inDomain(op, in.u)));
            TABLE.put(op + " shared", in -> Unary.of(op, inDomain(op, in.a)));
        }
        for (BinaryOp op : BinaryOp.values()) {
            if (op == BinaryOp.GAMMA_P_SLOPE || op == BinaryOp.GAMMA_Q_SLOPE) continue; // no derivative
            TABLE.put(op + " draw draw", in -> Binary.of(op, in.u, in.v));
            TABLE.put(op + " draw scalar", in -> Binary.of(op, in.u, in.s));
            TABLE.put(op + " scalar draw", in -> Binary.of(op, in.s, in.u));
            TABLE.put(op + " draw shared", in -> Binary.of(op, in.u, in.a));
            TABLE.put(op + " shared draw", in -> Binary.of(op, in.a, in.u));
            TABLE.put(op + " draw sharedScalar", in -> Binary.of(op, in.u, in.c));
            TABLE.put(op + " sharedScalar draw", in -> Binary.of(op, in.c, in.u));
            TABLE.put(op + " scalar shared", in -> Binary.of(op, in.s, in.a));
            TABLE.put(op + " shared shared", in -> Binary.of(op, in.a, in.a.plus(0.3)));
            TABLE.put(op + " shared sharedScalar", in -> Binary.of(op, in.a, in.c));
            TABLE.put(op + " same", in -> Binary.of(op, in.u, in.u));
        }
        TABLE.put("inc beta", in -> Functions.logBetaPrimeCdf(in.u, in.v, in.u.times(in.s)));
        TABLE.put("inc beta scalars", in -> Functions.logBetaPrimeCdf(in.s, in.c, in.u));
        TABLE.put("inc beta shared", in -> Functions.logBetaPrimeCdf(in.c, in.a, in.a.times(in.c)));
        TABLE.put("inc beta mixed", in -> Functions.logBetaPrimeCdf(in.a, in.u, in.c));
        TABLE.put("slope of inc beta", in -> Gradient.of(Functions.logBetaPrimeCdf(in.a, in.c, in.v).sum(), in.v).times(in.u));
        TABLE.put("slope of inc gamma", in -> Gradient.of(Functions.logGammaQ(in.a, in.v).plus(Functions.logGammaP(in.a, in.v)).sum(),
                in.v).times(in.u));
        TABLE.put("is finite", in -> in.u.isFinite().times(in.u));
        TABLE.put("where", in -> Expr.where(in.u.lt(in.v), in.u.square(), in.v));
        TABLE.put("where scalar condition", in -> Expr.where(in.s.lt(1), in.u, in.a));
        TABLE.put("sum draws elements", in -> in.u.exp().sum());
        TABLE.put("sum shared", in -> in.a.exp().sum().times(in.s));
        TABLE.put("sum of sum", in -> in.u.plus(in.v.times(in.s)).minus(in.c).sum());
        TABLE.put("dot", in -> in.u.dot(in.v.exp()));
        TABLE.put("dot self", in -> in.u.dot(in.u));
        TABLE.put("dot shared", in -> in.a.dot(in.a.exp()).times(in.s));
        TABLE.put("dot mixed", in -> in.a.dot(in.u));
        TABLE.put("log sum exp", in -> in.u.times(in.a).logSumExp());
        TABLE.put("log sum exp shared", in -> in.a.logSumExp());
        TABLE.put("sum draws", in -> in.u.times(in.a).sumDraws().times(0.7));
        TABLE.put("sum draws of scalar", in -> in.s.times(in.c).sumDraws().times(Expr.vector(1, 2)));
        TABLE.put("outer draws", in -> in.u.outerSumDraws(in.v.slice(1, 4)));
        TABLE.put("outer draws columns", in -> OuterDraws.of(in.w, in.w.times(in.c)));
        TABLE.put("matmul", in -> in.m.matmul(in.u));
        TABLE.put("matmul plus shared", in -> in.m.matmul(in.u).plus(in.a.slice(0, 3)).tanh());
        TABLE.put("matmul columns", in -> in.m.matmul(in.w));
        TABLE.put("matmul transposed", in -> MatMul.of(true, in.m, in.u.slice(0, in.m.shape().dim(0))));
        TABLE.put("matmul transposed columns", in -> MatMul.of(true, in.m, in.w.slice(in.w.shape().dim(0) - in.m.shape().dim(0), in.w.shape().dim(0))));
        TABLE.put("matmul shared", in -> in.m.matmul(in.a));
        TABLE.put("matmul shared matrices", in -> in.m.matmul(in.l));
        TABLE.put("matmul shared transposed", in -> MatMul.of(true, in.m, in.a.slice(0, in.m.shape().dim(0))));
        TABLE.put("matmul of repeated scalar", in -> in.m.matmul(in.u.plus(in.s)));
        TABLE.put("transpose shared", in -> in.m.transpose());
        TABLE.put("transpose draws", in -> in.w.transpose().exp());
        TABLE.put("slice", in -> in.u.slice(1, 3).times(in.v.slice(0, 2)));
        TABLE.put("overlapping slices", in -> in.u.slice(0, 3).exp().dot(in.u.slice(1, 4)));
        TABLE.put("same slice twice", in -> in.u.get(1).times(in.u.get(1)).plus(in.u.get(3)));
        TABLE.put("slices and whole", in -> in.u.get(1).times(in.u));
        TABLE.put("matrix row", in -> in.w.get(2).times(in.s));
        TABLE.put("declared", in -> in.w.exp().declared("w", "positive", Reach.of(0, 1, in.w.shape().size())));
        TABLE.put("reshape", in -> in.w.flatten().reshape(Shape.of(3, 4)).get(1));
        TABLE.put("concat", in -> Expr.concat(in.u, in.s, in.a, in.v).square());
        TABLE.put("concat shared", in -> Expr.concat(in.a, in.c).exp());
        TABLE.put("columns", in -> Expr.columns(Expr.of(1), in.a, in.a.square()).matmul(in.u.slice(0, 3)));
        TABLE.put("gather", in -> in.u.get(in.index).square());
        TABLE.put("gather shared", in -> in.a.get(in.index).square());
        TABLE.put("scatter", in -> ScatterAdd.of(in.u.get(in.index), in.index, Shape.of(5)).exp());
        TABLE.put("expand", in -> in.c.expand(Shape.of(3), true).times(in.s));
        TABLE.put("solved", in -> Solve.increasingKnowing(in.v, in.u.stopGradient(), z -> z.plus(z.tanh().times(in.a.square()))));
        TABLE.put("solve lower", in -> TriangularSolve.of(false, lower(in), in.u));
        TABLE.put("solve lower columns", in -> TriangularSolve.of(false, lower(in), in.w));
        TABLE.put("solve lower transposed", in -> TriangularSolve.of(true, lower(in), in.u));
        TABLE.put("solve lower shared", in -> TriangularSolve.of(false, lower(in), in.a));
        TABLE.put("matmul draws", in -> in.w.matmul(in.w.transpose()).square());
        TABLE.put("matmul draws transposed", in -> Matrices.matmul(true, true, in.w, in.m.times(in.c)).square());
        TABLE.put("matmul draws both transposed", in -> Matrices.matmul(true, true, in.w, in.w.reshape(Shape.of(3, 4)).exp()).square());
        TABLE.put("matmul draws vector", in -> in.w.matmul(in.u.slice(0, 3)).square());
        TABLE.put("matmul draws shared vector", in -> in.w.matmul(in.a.slice(0, 3)).square());
        TABLE.put("matmul draws shared", in -> in.w.matmul(in.m).square());
        TABLE.put("matmul draws shared transposed", in -> Matrices.timesTransposed(in.w.transpose(), in.m).square());
        TABLE.put("matmul stacked", in -> in.w.reshape(Shape.of(2, 2, 3)).matmul(in.m.reshape(Shape.of(2, 3, 2))).square());
        TABLE.put("matmul stacked shared", in -> in.l.reshape(Shape.of(2, 2, 4)).matmul(in.l.reshape(Shape.of(2, 4, 2))).square());
        TABLE.put("crossprod", in -> Matrices.crossprod(in.w).square());
        TABLE.put("tcrossprod", in -> Matrices.tcrossprod(in.w).square());
        TABLE.put("outer", in -> Matrices.outer(in.u, in.a).square());
        TABLE.put("quadratic form", in -> Matrices.quadraticForm(in.l.times(in.s), in.v));
        TABLE.put("quadratic form of matrix", in -> Matrices.quadraticForm(in.l, in.w).square());
        TABLE.put("quadratic form of diagonal", in -> Matrices.quadraticFormDiagonal(in.l, in.u).square());
        TABLE.put("cholesky", in -> Matrices.cholesky(spd(in)).times(in.l));
        TABLE.put("cholesky shared", in -> Matrices.cholesky(Matrices.addToDiagonal(Matrices.tcrossprod(in.l), 2)).times(in.l));
        TABLE.put("cholesky stacked", in -> Matrices.cholesky(stackedSpd(in)).times(in.w.reshape(Shape.of(3, 2, 2))));
        TABLE.put("cholesky adjoint", in -> Gradient.of(Matrices.cholesky(spd(in)).times(in.l).sum(), in.w).exp());
        TABLE.put("solve lower draws", in -> Matrices.solveLower(triangular(in, true), in.v).square());
        TABLE.put("solve lower draws shared", in -> Matrices.solveLower(triangular(in, true), in.a).square());
        TABLE.put("solve lower draws transposed", in -> Matrices.solveLowerTransposed(triangular(in, true), in.w).square());
        TABLE.put("solve upper draws", in -> Matrices.solveUpper(triangular(in, false), in.w).square());
        TABLE.put("solve upper shared", in -> Matrices.solveUpper(lower(in).transpose(), in.w).square());
        TABLE.put("solve upper stacked", in -> Matrices.solveUpper(stackedSpd(in), in.w.reshape(Shape.of(3, 2, 2))).square());
        TABLE.put("solve lower of stacked vectors", in -> Matrices.solveLower(stackedSpd(in), in.w.slice(0, 2).reshape(Shape.of(3, 2))).square());
        TABLE.put("solve spd", in -> Matrices.solveSpd(spd(in), in.w).square());
        TABLE.put("inverse spd", in -> Matrices.inverseSpd(spd(in)).square());
        TABLE.put("log determinant spd", in -> Matrices.logDeterminantSpd(spd(in)));
        TABLE.put("log determinants spd", in -> Matrices.logDeterminantSpd(stackedSpd(in)).exp());
        TABLE.put("thin qr", in -> Matrices.qrThinQ(in.w).square().sum().plus(Matrices.qrThinR(in.w).times(0.1).tanh().sum()));
        TABLE.put("product", in -> Functions.product(Expr.concat(in.u, in.s)));
        TABLE.put("variances", in -> Functions.variance(in.w, 0).plus(Functions.sd(in.w, 0)));
        TABLE.put("solve", in -> Matrices.solve(general(in), in.w).square());
        TABLE.put("solve shared", in -> Matrices.solve(in.l, in.w).square().plus(Matrices.solve(in.l, in.m.reshape(Shape.of(4, 3))).square()));
        TABLE.put("solve vector", in -> Matrices.solve(general(in), in.a.get(Expr.vector(0, 1, 2, 0))).square());
        TABLE.put("solve stacked", in -> Matrices.solve(stackedSpd(in), in.w.reshape(Shape.of(3, 2, 2))).square());
        TABLE.put("inverse", in -> Matrices.inverse(general(in)).times(in.l));
        TABLE.put("determinant", in -> Matrices.determinant(general(in)).times(0.1).sigmoid());
        TABLE.put("determinants", in -> Matrices.determinant(in.w.reshape(Shape.of(3, 2, 2))).square());
        TABLE.put("log determinant", in -> Matrices.logDeterminant(general(in)));
        TABLE.put("log determinant shared", in -> Matrices.logDeterminant(in.l).times(in.s));
        TABLE.put("matrix exponential", in -> Matrices.matrixExponential(general(in).times(0.3)).times(in.l).tanh());
        TABLE.put("matrix exponential shared", in -> Matrices.matrixExponential(in.l.times(0.2)).tanh());
        TABLE.put("matrix exponentials", in -> Matrices.matrixExponential(in.w.reshape(Shape.of(3, 2, 2))).tanh());
        TABLE.put("eigenvalues", in -> Matrices.eigenvaluesSymmetric(in.l.times(in.s)).exp());
        TABLE.put("eigenvalues shared", in -> Matrices.eigenvaluesSymmetric(in.l).exp());
        TABLE.put("eigenvalues stacked", in -> Matrices.eigenvaluesSymmetric(in.w.reshape(Shape.of(3, 2, 2))).square());
        TABLE.put("eigenvectors", in -> Matrices.eigenvectorsSymmetric(in.l.times(Matrices.outer(in.u, in.u))).times(in.l));
        TABLE.put("eigenvectors stacked", in -> Matrices.eigenvectorsSymmetric(in.w.reshape(Shape.of(3, 2, 2))).exp());
        TABLE.put("gradient of eigenvectors", in -> {
            Expr a = in.l.times(in.s);
            return Gradient.of(Matrices.eigenvectorsSymmetric(a).times(in.m.get(0, 0).plus(in.l)).sum(), a).times(0.1);
        });
        TABLE.put("diagonal", in -> Matrices.diagonal(in.w).square());
        TABLE.put("diagonal matrix", in -> Matrices.diagonalMatrix(in.u.exp()).square());
        TABLE.put("add to diagonal", in -> Matrices.addToDiagonal(Matrices.addToDiagonal(in.l, in.u), in.s).square());
        TABLE.put("trace", in -> Matrices.trace(in.w.exp()));
        TABLE.put("triangles", in -> Matrices.lowerTriangle(in.w.exp()).minus(Matrices.upperTriangle(in.w.square())).square());
        TABLE.put("transpose stacked", in -> Matrices.transpose(in.w.reshape(Shape.of(2, 3, 2))).exp().times(in.w.reshape(Shape.of(2, 2, 3))));
        TABLE.put("gather rows", in -> in.w.get(in.index).square());
        TABLE.put("gather rows shared", in -> in.m.get(Expr.vector(2, 0, 2)).square());
        TABLE.put("gather at rows and columns", in -> in.w.get(in.index, Expr.vector(0, 2, 1, 1, 2, 0)).square());
        TABLE.put("add rows", in -> Functions.segmentSum(in.w.exp(), Expr.vector(2, 0, 2, 2), 4).square());
        TABLE.put("add elements", in -> Functions.segmentSum(in.u.exp(), Expr.vector(2, 0, 2, 2), 4).square());
        TABLE.put("column", in -> in.w.column(1).exp().times(in.w.get(2, 1)));
        for (int axis = 0; axis < 3; axis++) {
            int a = axis;
            TABLE.put("sum axis " + a, in -> Functions.sum(cube(in.w).exp(), a).square());
            TABLE.put("sum axis shared " + a, in -> Functions.sum(cube(in.m).exp(), a).square());
            TABLE.put("max axis " + a, in -> Functions.max(cube(in.w).exp(), a).square());
            TABLE.put("min axis shared " + a, in -> Functions.min(cube(in.m).exp(), a).square());
            TABLE.put("log sum exp axis " + a, in -> Functions.logSumExp(cube(in.w).square(), a).square());
            TABLE.put("log sum exp axis shared " + a, in -> Functions.logSumExp(cube(in.m).square(), a).square());
            TABLE.put("repeat " + a, in -> Functions.repeat(in.w.exp(), a, 3).times(Functions.repeat(in.w.square(), a, 3)));
            TABLE.put("repeat shared " + a, in -> Functions.repeat(in.m, a, 3).exp());
        }
        TABLE.put("mean axis", in -> Functions.mean(in.w.exp(), -1));
        TABLE.put("softmax", in -> Functions.softmax(in.w.square()));
        TABLE.put("log softmax", in -> Functions.logSoftmax(in.u.square()));
        TABLE.put("cumulative sum", in -> Functions.cumulativeSum(in.w.exp()).square());
        TABLE.put("cumulative sum shared", in -> Functions.cumulativeSum(in.a.exp()).square());
        TABLE.put("cumulative sum backward", in -> Along.cumulativeSum(in.w, Axis.of("test", in.w.shape(), 0), true).square());
        TABLE.put("diff", in -> Functions.diff(in.w.exp()).square());
        TABLE.put("reverse", in -> Functions.reverse(in.u.exp()).times(in.v));
        TABLE.put("part", in -> Functions.part(in.w.exp(), 1, 3).square());
        TABLE.put("stack", in -> Functions.stack(in.u, in.a, in.v).square());
        TABLE.put("concat rows", in -> Functions.concatRows(in.w, in.w.slice(1, 3).exp()).square());
        TABLE.put("concat columns", in -> Functions.concatColumns(in.w, in.l.exp()).square());
        TABLE.put("select with repeats", in -> Along.select(in.u, Shape.of(5), in.index.shape().size() == 0 ? new int[] {-1, -1, -1, -1, -1}
                : new int[] {1, 1, -1, 3, 1}).exp());
        TABLE.put("add at", in -> Along.addAt(in.u, in.index.shape().size() == 0 ? new int[0] : new int[] {2, -1, 2, 0},
                Shape.of(3)).exp());
        TABLE.put("stop gradient", in -> in.u.stopGradient().times(in.u));
        TABLE.put("guard", in -> in.u.guard().exp());
        TABLE.put("scan", in -> Scan.of(in.s, in.u, (h, x) -> h.times(0.5).plus(x.times(h)).tanh()).states());
        TABLE.put("scan last, parameters", in -> Scan.of(in.v, in.w, (h, x) ->
                h.times(in.s).plus(Expr.concat(x, in.u.get(1))).sigmoid()).last());
        TABLE.put("scan path and last", in -> {
            Scan s = Scan.of(in.s, in.a, (h, x) -> h.times(x).plus(in.v.get(0)).tanh());
            return s.path().times(in.u.get(0)).sum().plus(s.last().exp());
        });
        TABLE.put("scan emits", in -> {
            Scan s = Scan.of(List.of(in.s, in.v), List.of(in.u, in.w), (h, x) -> new Scan.Next(
                    List.of(h.get(0).times(x.get(0)), h.get(1).plus(h.get(0))), List.of(x.get(1).times(h.get(0)), in.c)));
            return Expr.concat(s.emitted(0).flatten(), s.states(1).flatten(), s.last(0), s.path(0)).times(0.1).square();
        });
        TABLE.put("scan of shared", in -> Scan.of(in.c, in.a, (h, x) -> h.times(x).plus(in.a.get(2)).tanh()).states());
        TABLE.put("scan of shared in a body per draw", in -> Scan.of(Expr.of(0.3), in.a, (h, x) ->
                Expr.where(x.lt(1), h.times(in.s).plus(in.c), x.times(in.c)).tanh()).states());
        TABLE.put("scan without inputs", in -> Scan.of(in.u, 3, h -> in.l.matmul(h).tanh().plus(in.v)).states());
        TABLE.put("scan of no steps", in -> Scan.of(in.u, in.v.slice(2, 2), (h, x) -> h.times(x)).path());
        TABLE.put("scan in a scan", in -> Scan.of(in.s, in.w, (h, x) ->
                Scan.of(h, x, (g, y) -> g.times(y).plus(h).plus(in.v.get(1)).tanh()).states().sum()).states());
        TABLE.put("derivative of a scan", in -> {
            Expr y = Scan.of(in.s, in.u, (h, x) -> h.times(x).plus(in.v.get(0)).tanh()).states().square().sum();
            return Expr.concat(Gradient.of(y, List.of(in.s, in.u, in.v)).toArray(new Expr[0]));
        });
        OdeSettings close = new OdeSettings(false, 1e-14, 1e-14, 10_000);
        OdeSettings implicit = new OdeSettings(true, 1e-12, 1e-12, 100_000);
        Expr times = Expr.vector(0.5, 0.55, 0.7);
        TABLE.put("ode", in -> Trajectory.of((t, z) -> z.times(in.u).minus(z.square().times(t)), in.v, Expr.of(0.5), times, close));
        TABLE.put("ode, shared and matrix", in -> Trajectory.of((t, z) -> in.m.matmul(in.u).slice(0, 2).dot(z).times(in.c)
                .plus(Functions.reverse(z)), in.v.slice(0, 2), Expr.of(0.5), times, close));
        TABLE.put("ode of shared", in -> Trajectory.of((t, z) -> z.times(in.a).plus(t), in.a, Expr.of(0.5), times, close).times(in.s));
        TABLE.put("stiff ode", in -> Trajectory.of((t, z) -> Expr.concat(z.get(1).times(in.s), in.u.get(0).minus(z.get(0))
                .times(z.get(1)).times(t)), in.v.slice(0, 2), Expr.of(0.5), times, implicit));
        OdeSettings kept = new OdeSettings(false, 1e-14, 1e-14, 1000);
        TABLE.put("end of an ode", in -> Trajectory.end((t, z) -> z.times(in.u).minus(z.square().times(t)).plus(in.a.times(in.c)),
                in.v, 0.5, 0.7, kept));
        TABLE.put("end of an ode, shared and matrix", in -> Trajectory.end((t, z) -> in.l.matmul(z).tanh().times(in.c).plus(in.l.get(1))
                .minus(z.times(in.l.get(2, 1))), in.v, 0.5, 0.7, kept).times(in.s));
        TABLE.put("end of an ode of shared", in -> Trajectory.end((t, z) -> z.times(in.a).plus(in.l.matmul(z)), in.a, 0.5, 0.7, kept)
                .times(in.s));
        TABLE.put("end of an ode that depends on nothing", in -> Trajectory.end((t, z) -> in.a.times(in.c), in.v, 0.5, 0.7, kept));
        TABLE.put("external", in -> in.u.external((x, g) -> {
            double sum = 0;
            for (int i = 0; i < x.length; i++) {
                g[i] = Math.cos(x[i]);
                sum += Math.sin(x[i]);
            }
            return sum;
        }).times(in.s));
    }

    /** Well-conditioned and positive definite, per draw. */
    private static Expr spd(Inputs in) {
        return Matrices.addToDiagonal(Matrices.tcrossprod(in.w), 2);
    }

    /** A square matrix that is not symmetric. */
    private static Expr general(Inputs in) {
        return Matrices.addToDiagonal(in.l.times(in.s), in.u);
    }

    /** Three of them, (2 x 2). */
    private static Expr stackedSpd(Inputs in) {
        Expr x = in.w.reshape(Shape.of(3, 2, 2));
        return Matrices.addToDiagonal(Matrices.tcrossprod(x), in.s);
    }

    /** Per draw, with other numbers in the triangle that must not be read. */
    private static Expr triangular(Inputs in, boolean lower) {
        Expr x = Matrices.addToDiagonal(in.l.times(0.3), in.u.plus(1));
        return lower ? x : x.transpose();
    }

    private static Expr cube(Expr matrixOf12) {
        return matrixOf12.reshape(Shape.of(2, 3, 2));
    }

    /** An input from 0.2 to 1.7, moved to where the function has values. */
    private static Expr inDomain(UnaryOp op, Expr x) {
        return switch (op) {
            case LOG1M_EXP -> x.unaryMinus();
            case NORMAL_QUANTILE, ASIN, ACOS -> x.times(0.55);
            default -> x;
        };
    }

    /** A well-conditioned lower triangular matrix made of an input. */
    private static Expr lower(Inputs in) {
        double[] mask = new double[16];
        double[] diagonal = new double[16];
        for (int i = 0; i < 4; i++) {
            diagonal[i * 5] = 2;
            for (int j = 0; j <= i; j++) mask[i * 4 + j] = 1;
        }
        Shape square = Shape.of(4, 4);
        return in.l.times(Expr.vector(mask).reshape(square)).plus(Expr.vector(diagonal).reshape(square));
    }

    @TestFactory
    Stream<DynamicTest> adjointsMatchDualNumbersAndDifferences() {
        return TABLE.entrySet().stream().map(e -> DynamicTest.dynamicTest(e.getKey(), () -> check(new Inputs(), e.getValue())));
    }

    /** The value of a function, and its derivatives in all inputs, against dual numbers and differences. */
    static void check(Inputs in, Function<Inputs, Expr> f) {
        Random random = new Random(17);
        Map<Expr, double[]> at = new HashMap<>();
        Map<Expr, double[]> along = new HashMap<>();
        for (Expr x : in.all()) {
            int n = x.shape().size() * (x.isPerDraw() ? DRAWS : 1);
            // positive and away from ties and from each other: the table has log, pow and comparisons
            at.put(x, random.doubles(n, 0.2, 1.7).toArray());
            along.put(x, random.doubles(n, -1, 1).toArray());
        }
        Expr y = f.apply(in);
        Expr cotangent = Expr.vector(random.doubles(y.shape().size(), -1, 1).toArray()).reshape(y.shape());
        Expr scalar = y.times(cotangent).sum();

        Expr loss = scalar.isPerDraw() ? scalar.sumDraws() : scalar;
        List<Expr> gradients = Gradient.of(loss, in.all());
        List<Expr> outputs = new ArrayList<>(gradients);
        outputs.add(loss);
        Workspace w = Program.of(outputs).workspace();
        bind(w, at);
        w.run(DRAWS);

        double reverse = 0;
        double scale = 1e-300;
        for (int k = 0; k < in.all().size(); k++) {
            double[] direction = along.get(in.all().get(k));
            double[] g = gradient(w, gradients.get(k), direction.length);
            for (int i = 0; i < g.length; i++) {
                reverse += g[i] * direction[i];
                scale += Math.abs(g[i] * direction[i]);
            }
        }
        DualOracle.Dual oracle = DualOracle.evaluate(loss, DRAWS, at, along)[0][0];
        assertEquals(oracle.v(), w.scalar(loss), 1e-13 * Math.max(1, Math.abs(oracle.v())) * DRAWS, "value");
        assertEquals(oracle.t(), reverse, 1e-12 * Math.max(scale, Math.abs(oracle.t())), "dual numbers");
        if (stopped(loss).isEmpty()) {
            double h = 1e-6;
            double difference = (shifted(loss, at, along, h) - shifted(loss, at, along, -h)) / (2 * h);
            assertEquals(difference, reverse, 1e-7 * Math.max(1, Math.max(scale, Math.abs(oracle.v()))), "differences");
        }
    }

    private static List<Expr> stopped(Expr loss) {
        return Dag.reachable(List.of(loss)).stream().filter(x -> x.op instanceof WithValue).toList();
    }

    private static double shifted(Expr loss, Map<Expr, double[]> at, Map<Expr, double[]> along, double h) {
        Map<Expr, double[]> moved = new HashMap<>();
        at.forEach((x, v) -> {
            double[] m = v.clone();
            for (int i = 0; i < m.length; i++) m[i] += h * along.get(x)[i];
            moved.put(x, m);
        });
        Workspace w = Program.of(loss).workspace();
        bind(w, moved);
        w.run(DRAWS);
        return w.scalar(loss);
    }

    private static void bind(Workspace w, Map<Expr, double[]> at) {
        at.forEach((x, v) -> {
            if (x.isPerDraw()) {
                w.set(x, DrawSource.of(DMatrixRMaj.wrap(x.shape().size(), DRAWS, v)));
            } else {
                w.set(x, v, 0);
            }
        });
    }

    private static double[] gradient(Workspace w, Expr g, int n) {
        double[] out = new double[n];
        if (g.isPerDraw()) {
            System.arraycopy(w.perDraw(g).data, 0, out, 0, n);
        } else {
            w.shared(g, out, 0);
        }
        return out;
    }

    @Test
    void everyPrimitiveIsInTheTable() throws Exception {
        Set<Class<?>> seen = new HashSet<>();
        TABLE.values().forEach(f -> {
            Inputs in = new Inputs();
            Expr y = f.apply(in);
            Expr scalar = y.sum();
            List<Expr> all = new ArrayList<>(Gradient.of(scalar.isPerDraw() ? scalar.sumDraws() : scalar, in.all()));
            all.add(y);
            Dag.reachable(all).forEach(x -> seen.add(x.op.getClass()));
        });
        for (Class<?> op : Primitives.recorded()) assertTrue(seen.contains(op), op.getSimpleName());
    }

    @Test
    void gradientOfAScalarPerDrawIsPerDrawForDrawsAndSummedForShared() {
        Expr u = Expr.perDraw("u", Shape.scalar());
        Expr a = Expr.shared("a", Shape.scalar(), 3);
        Expr y = u.square().times(a);
        List<Expr> g = Gradient.of(y, List.of(u, a));
        Workspace w = Program.of(g).workspace();
        w.set(u, DrawSource.of(new DMatrixRMaj(new double[][] {{1, 2, 5}})));
        w.run(3);
        assertEquals(List.of(6.0, 12.0, 30.0), java.util.Arrays.stream(w.perDraw(g.get(0)).data, 0, 3).boxed().toList());
        assertEquals(30, w.scalar(g.get(1)));
    }

    @Test
    void secondDerivativesComeFromDifferentiatingTwice() {
        Expr u = Expr.perDraw("u", Shape.of(2));
        Expr y = u.get(0).exp().times(u.get(1).square());
        Expr direction = Expr.vector(1, 0);
        Expr h = Gradient.of(Gradient.of(y, u).dot(direction), u);
        Workspace w = Program.of(h).workspace();
        w.set(u, DrawSource.of(new DMatrixRMaj(new double[][] {{0.5}, {3}})));
        w.run(1);
        assertEquals(Math.exp(0.5) * 9, w.perDraw(h).get(0, 0), 1e-14 * 20);
        assertEquals(Math.exp(0.5) * 6, w.perDraw(h).get(1, 0), 1e-14 * 20);
    }

    @Test
    void aBadDrawBehindAGuardContributesNothing() {
        Expr z = Expr.perDraw("z", Shape.of(2));
        Expr a = Expr.shared("a", Shape.scalar(), 2);
        Expr y = z.times(a).guard().log().sum();
        Expr g = Gradient.of(y, a);
        Workspace w = Program.of(y, g).workspace();
        w.set(z, DrawSource.of(new DMatrixRMaj(new double[][] {{1, 0, 4}, {1, 3, 4}})));
        w.run(3);
        assertEquals(2, w.scalar(g), 1e-15); // 2 elements of 2 good draws, each 1 / a
        assertEquals(Double.NEGATIVE_INFINITY, w.perDraw(y).get(0, 1));
    }
}
