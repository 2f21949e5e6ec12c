package org.fluvia.vi;

import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.DrawSource;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.NormalNoise;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Stopped;
import org.fluvia.autodiff.Workers;
import org.fluvia.autodiff.Workspace;
import org.fluvia.model.Quantity;
import org.fluvia.vi.approximation.Approximation;
import org.fluvia.vi.budget.Budget;
import org.fluvia.vi.diagnostics.Estimate;
import org.fluvia.vi.draws.Reported;
import org.fluvia.vi.draws.ReportedDraws;
import org.fluvia.vi.draws.Seeds;
import org.fluvia.vi.plan.FitPlan;

/**
 * The posterior of a fit whose time was up before anything could be judged: a few draws of what there was, and FAIL.
 *
 * <p>Within a moment. What the model computes may take any time, so there are as many draws as it could be evaluated at; if there was not
 * even time for the first, one with parameters alone: the log-density and what is derived are NaN.
 */
final class Unjudged {
    private final Approximation q;
    private final FitPlan plan;
    private final Reported reported;
    private final DMatrixRMaj z;
    private final double[] logQ;
    private final double[] logP;
    private final DMatrixRMaj values;
    private int evaluated;

    private Unjudged(Approximation q, int draws, FitPlan plan, long seed) {
        this.q = q;
        this.plan = plan;
        reported = Reported.of(q.model());
        int d = q.model().dimension();
        int n = (int) Math.max(1, Math.min(Math.min(draws, plan.proposing().unjudged()),
                plan.proposing().unjudgedProducts() / Math.max(1, (long) d * d)));
        z = new DMatrixRMaj(d, n);
        logQ = new double[n];
        logP = new double[n];
        values = new DMatrixRMaj(reported.elements(), n);
        Arrays.fill(logP, Double.NaN);
        Arrays.fill(values.data, Double.NaN);
        NormalNoise noise = NormalNoise.of(seed);
        double[] e = new double[d];
        for (int j = 0; j < n; j++) {
            noise.fill(j, 1, d, e, 0, 1);
            double[] x = q.whitening().place(e);
            double squares = 0;
            for (int i = 0; i < d; i++) {
                z.set(i, j, x[i]);
                squares += e[i] * e[i];
            }
            logQ[j] = -0.5 * (squares + d * StrictMath.log(2 * Math.PI)) - q.whitening().logDetScale();
        }
    }

    /**
     * @param q a Gaussian
     * @param budget is up
     */
    static Posterior posterior(Approximation q, int draws, FitPlan plan, Seeds seeds, long seed, Budget budget) {
        Unjudged u = new Unjudged(q, draws, plan, seeds.proposals());
        u.evaluate();
        int n = Math.max(1, u.evaluated);
        ReportedDraws all = ReportedDraws.of(q.model(), first(u.z, n), first(u.values, n), Arrays.copyOf(u.logP, n), Arrays.copyOf(u.logQ, n),
                Workers.none());
        Assessment nothing = new Assessment(Verdict.FAIL, List.of("nothing was judged: these are draws of what there was when the time was up."),
                Double.NaN, 0, 0, Estimate.NOTHING_KNOWN, Estimate.NOTHING_KNOWN, 0, Double.NaN);
        return new Posterior(q, nothing, all, n, seed, budget, plan.crossValidation());
    }

    private void evaluate() {
        Expr all = reported.value();
        Expr logDensity = q.model().logDensityUnconstrained();
        long begin = System.nanoTime();
        try (Workers workers = Workers.of(1, () -> (System.nanoTime() - begin) * 1e-9 > plan.time().graceSeconds())) {
            Workspace w = Program.of(all, logDensity).workspace(workers);
            while (evaluated < logP.length) {
                int n = Math.min(logP.length - evaluated, Math.max(1, evaluated));
                w.set(q.model().unconstrained(), from(evaluated));
                w.run(n);
                System.arraycopy(w.perDraw(logDensity).data, 0, logP, evaluated, n);
                copy(w.perDraw(all), n);
                evaluated += n;
            }
        } catch (Stopped e) {
            if (evaluated == 0) evaluateParameters();
        }
    }

    private void evaluateParameters() {
        Expr parameters = Expr.concat(q.model().parameters().stream().map(Quantity::value).toArray(Expr[]::new)).repeatedOverDraws();
        Workspace w = Program.of(parameters).workspace();
        w.set(q.model().unconstrained(), from(0));
        w.run(1);
        copy(w.perDraw(parameters), 1);
    }

    private DrawSource from(int draw) {
        return (first, count, elements, x, offset, stride) -> {
            for (int i = 0; i < elements; i++) {
                System.arraycopy(z.data, i * z.numCols + draw + first, x, offset + i * stride, count);
            }
        };
    }

    /** Parameters are before what is derived. */
    private void copy(DMatrixRMaj some, int n) {
        for (int i = 0; i < some.numRows; i++) System.arraycopy(some.data, i * n, values.data, i * values.numCols + evaluated, n);
    }

    private static DMatrixRMaj first(DMatrixRMaj m, int n) {
        DMatrixRMaj some = new DMatrixRMaj(m.numRows, n);
        for (int i = 0; i < m.numRows; i++) System.arraycopy(m.data, i * m.numCols, some.data, i * n, n);
        return some;
    }
}
