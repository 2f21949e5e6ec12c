package org.fluvia.flows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.fluvia.autodiff.DrawSource;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Gradient;
import org.fluvia.autodiff.NormalNoise;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.Workspace;
import org.fluvia.flows.FlowCheck.Finding;
import org.fluvia.flows.bijection.Bijection;
import org.fluvia.flows.bijection.Transformed;

/** Tests a part of a flow against the laws of flows: see {@link FittedFlow#check}. */
final class Checker {
    private static final int DRAWS = 256;
    private static final double ROUND_TRIP = 1e-6;
    /** Jacobians of more elements take as many passes. */
    private static final int MOST_ROWS = 32;
    /** From just outside the bulk to where squares overflow and beyond. */
    private static final double[] FAR = {10, 1e3, 1e8, 1e100, 1e200, 1e300};

    private final FittedFlow fitted;
    private final Bijection map;
    private final int d;
    private final Expr in;
    private final DMatrixRMaj base;

    private Checker(FittedFlow fitted, MappedFlow part) {
        this.fitted = fitted;
        map = part.bijection();
        d = part.dimension();
        in = Expr.perDraw("in", Shape.of(d));
        Expr noise = Expr.perDraw("noise", Shape.of(d));
        Expr x = part.base().ofNoise(noise);
        base = new Run(noise, List.of(x)).at(NormalNoise.of(1), DRAWS).matrix(0);
    }

    static FlowCheck check(FittedFlow fitted) {
        List<Finding> findings = new ArrayList<>();
        List<MappedFlow> parts = fitted.flow().parts();
        for (int i = 0; i < parts.size(); i++) {
            String part = parts.size() == 1 ? "" : "part " + (i + 1) + " of " + parts.size() + ": ";
            for (Finding f : new Checker(fitted, parts.get(i)).findings()) findings.add(new Finding(part + f.law(), f.error(), f.allowed(), f.note()));
        }
        Flow flow = fitted.flow();
        findings.add(new Mass(flow.dimension(), flow.drawCost().and(flow.densityCost()), fitted::sample, fitted::logDensity).integral());
        return new FlowCheck(findings);
    }

    private List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        findings.add(roundTrip(false));
        findings.add(roundTrip(true));
        if (d <= MOST_ROWS) findings.add(determinant());
        findings.add(opposite());
        findings.add(farOut());
        findings.add(reached());
        return findings;
    }

    private Finding roundTrip(boolean inverseFirst) {
        Expr there = inverseFirst ? map.inverse(in).value() : map.forward(in).value();
        Expr back = inverseFirst ? map.forward(there).value() : map.inverse(there).value();
        DMatrixRMaj result = new Run(in, List.of(back)).at(base).matrix(0);
        return new Finding(inverseFirst ? "forward undoes the inverse" : "the inverse undoes forward", distance(base, result), ROUND_TRIP,
                "relative to the largest element of a draw");
    }

    /** The largest difference of two draws' elements, relative to the largest element, which counts as at least 1. */
    private static double distance(DMatrixRMaj expected, DMatrixRMaj actual) {
        double worst = 0;
        for (int j = 0; j < expected.numCols; j++) {
            double size = 1;
            for (int i = 0; i < expected.numRows; i++) size = Math.max(size, Math.abs(expected.get(i, j)));
            for (int i = 0; i < expected.numRows; i++) {
                worst = worse(worst, Math.abs(expected.get(i, j) / size - actual.get(i, j) / size));
            }
        }
        return worst;
    }

    /** NaN is worst. */
    private static double worse(double a, double b) {
        return Double.isNaN(a) || Double.isNaN(b) ? Double.NaN : Math.max(a, b);
    }

    private Finding determinant() {
        Transformed t = map.forward(in);
        List<Expr> outputs = new ArrayList<>(List.of(t.logAbsDetJacobian()));
        for (int i = 0; i < d; i++) outputs.add(Gradient.of(t.value().get(i), in));
        Run run = new Run(in, outputs).at(base);
        double[] logDet = run.scalars(0);
        DMatrixRMaj[] rows = new DMatrixRMaj[d];
        for (int i = 0; i < d; i++) rows[i] = run.matrix(i + 1);
        double worst = 0;
        DMatrixRMaj jacobian = new DMatrixRMaj(d, d);
        for (int j = 0; j < DRAWS; j++) {
            for (int i = 0; i < d; i++) for (int k = 0; k < d; k++) jacobian.set(i, k, rows[i].get(k, j));
            double expected = StrictMath.log(Math.abs(CommonOps_DDRM.det(jacobian)));
            worst = worse(worst, Math.abs(expected - logDet[j]) / (1 + Math.abs(expected)));
        }
        return new Finding("the log-determinant is that of the Jacobian", worst, ROUND_TRIP, "in nats, relative to its size");
    }

    private Finding opposite() {
        Transformed there = map.forward(in);
        Run run = new Run(in, List.of(there.logAbsDetJacobian(), map.inverse(there.value()).logAbsDetJacobian())).at(base);
        double[] a = run.scalars(0);
        double[] b = run.scalars(1);
        double worst = 0;
        for (int j = 0; j < DRAWS; j++) worst = worse(worst, Math.abs(a[j] + b[j]) / (1 + Math.abs(a[j])));
        return new Finding("the log-determinants of both directions are opposite", worst, ROUND_TRIP, "in nats, relative to its size");
    }

    /** The part of points far out at which a value, a log-determinant or a derivative is not finite. */
    private Finding farOut() {
        DMatrixRMaj far = far();
        int bad = 0;
        String first = "";
        for (boolean inverse : new boolean[] {false, true}) {
            Transformed t = inverse ? map.inverse(in) : map.forward(in);
            Run run = new Run(in, List.of(t.value(), t.logAbsDetJacobian(), Gradient.of(t.value().sum().plus(t.logAbsDetJacobian()), in))).at(far);
            boolean[] finite = run.finite();
            for (int j = 0; j < far.numCols; j++) {
                if (finite[j]) continue;
                bad++;
                if (first.isEmpty()) first = (inverse ? "inverse" : "forward") + " at " + point(far, j);
            }
        }
        return new Finding("values, log-determinants and derivatives are finite to 1e300", bad / (2.0 * far.numCols), 0,
                "as a part of the points tried" + (first.isEmpty() ? "" : ", the first: " + first));
    }

    /** A point far out that forward does not come back to is outside the image: the density of such a flow has less mass than one. */
    private Finding reached() {
        DMatrixRMaj far = far();
        DMatrixRMaj result = new Run(in, List.of(map.forward(map.inverse(in).value()).value())).at(far).matrix(0);
        double worst = 0;
        String at = "";
        for (int j = 0; j < far.numCols; j++) {
            double off = distance(column(far, j), column(result, j));
            if (!(off <= ROUND_TRIP) && at.isEmpty()) at = "the first: " + point(far, j);
            worst = worse(worst, off);
        }
        return new Finding("every point to 1e300 is the image of one", worst, ROUND_TRIP, at);
    }

    private static DMatrixRMaj column(DMatrixRMaj m, int j) {
        return CommonOps_DDRM.extract(m, 0, m.numRows, j, j + 1);
    }

    private static String point(DMatrixRMaj m, int j) {
        return Arrays.toString(column(m, j).data);
    }

    /** Along each of the first axes and along the diagonal, either way. */
    private DMatrixRMaj far() {
        int axes = Math.min(d, MOST_ROWS) + 1;
        DMatrixRMaj far = new DMatrixRMaj(d, 2 * FAR.length * axes);
        int j = 0;
        for (double size : FAR) {
            for (double sign : new double[] {1, -1}) {
                for (int axis = 0; axis < axes; axis++, j++) {
                    for (int i = 0; i < d; i++) if (axis == axes - 1 || i == axis) far.set(i, j, sign * size);
                }
            }
        }
        return far;
    }

    /** Evaluates expressions of one input with the flow's weights and contexts. */
    private final class Run {
        private final Expr input;
        private final List<Expr> outputs;
        private final Workspace workspace;
        private int draws;

        Run(Expr input, List<Expr> recorded) {
            this.input = input;
            outputs = fitted.known(recorded);
            workspace = Program.of(outputs).workspace();
            fitted.flow().weights().set(workspace, fitted.weights());
        }

        Run at(DMatrixRMaj values) {
            return at(DrawSource.of(values), values.numCols);
        }

        Run at(DrawSource source, int n) {
            draws = n;
            workspace.set(input, source);
            workspace.run(n);
            return this;
        }

        /** Elements x draws, whether shared or per draw. */
        DMatrixRMaj matrix(int i) {
            Expr output = outputs.get(i);
            if (output.isPerDraw()) return workspace.perDraw(output).copy();
            double[] shared = new double[output.shape().size()];
            workspace.shared(output, shared, 0);
            DMatrixRMaj m = new DMatrixRMaj(shared.length, draws);
            for (int k = 0; k < shared.length; k++) Arrays.fill(m.data, k * draws, (k + 1) * draws, shared[k]);
            return m;
        }

        double[] scalars(int i) {
            return Arrays.copyOf(matrix(i).data, draws);
        }

        /** Of each draw, whether all that was made of it is finite. */
        boolean[] finite() {
            boolean[] all = new boolean[draws];
            Arrays.fill(all, true);
            for (int i = 0; i < outputs.size(); i++) {
                double[] values = matrix(i).data;
                for (int k = 0; k < values.length; k++) all[k % draws] &= Double.isFinite(values[k]);
            }
            return all;
        }
    }
}
