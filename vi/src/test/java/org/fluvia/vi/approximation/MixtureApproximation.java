package org.fluvia.vi.approximation;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.DrawSource;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.Workers;
import org.fluvia.autodiff.Workspace;
import org.fluvia.model.BoundModel;
import org.fluvia.vi.plan.FitPlan;

/** Gaussians in equal shares: an approximation that is no flow. A bit of the noise says which of two a draw belongs to. */
public record MixtureApproximation(BoundModel model, Gaussian one, Gaussian other, FitPlan.Defence defencePlan) implements Approximation {
    @Override
    public Gaussian whitening() {
        return one;
    }

    @Override
    public BaseSpace baseSpace(Workers workers) {
        throw new UnsupportedOperationException("its draws jump where no derivative tells");
    }

    @Override
    public boolean isGaussian() {
        return false;
    }

    @Override
    public double logDensityUnconstrained(double[] u) {
        return logMean(List.of(logDensity(one, u), logDensity(other, u)));
    }

    private static double logDensity(Gaussian g, double[] u) {
        double squares = 0;
        for (double e : g.whiten(u)) squares += e * e;
        return -0.5 * (squares + u.length * Math.log(2 * Math.PI)) - g.logDetScale();
    }

    private static double logMean(List<Double> x) {
        double max = Math.max(x.get(0), x.get(1));
        return max + Math.log(0.5 * (Math.exp(x.get(0) - max) + Math.exp(x.get(1) - max)));
    }

    @Override
    public Sampler sampler(Workers workers) {
        int d = model.dimension();
        Defence defence = new Defence(one, defencePlan);
        Expr noise = Expr.perDraw("noise", Shape.of(d));
        Expr logStretch = defence.logStretch(noise);
        Workspace stretch = Program.of(logStretch).workspace(workers);
        Workspace density = Program.of(model.logDensityUnconstrained()).workspace(workers);
        return new Sampler() {
            @Override
            public Proposals at(int n, DrawSource source) {
                DMatrixRMaj e = new DMatrixRMaj(d, n);
                source.fill(0, n, d, e.data, 0, n);
                DMatrixRMaj z = new DMatrixRMaj(d, n);
                double[][] points = new double[n][d];
                double[] logQ = new double[n];
                for (int j = 0; j < n; j++) {
                    double[] own = new double[d];
                    for (int i = 0; i < d; i++) own[i] = e.get(i, j);
                    points[j] = ((Double.doubleToLongBits(own[0]) & 1) == 0 ? one : other).place(own);
                    for (int i = 0; i < d; i++) z.set(i, j, points[j][i]);
                    logQ[j] = logDensityUnconstrained(points[j]);
                }
                double[] ones = stretched(one, points);
                double[] others = stretched(other, points);
                double[] logStretches = new double[n];
                for (int j = 0; j < n; j++) logStretches[j] = logMean(List.of(ones[j], others[j])) - logQ[j];
                density.set(model.unconstrained(), DrawSource.of(z));
                density.run(n);
                return new Proposals(z, density.perDraw(model.logDensityUnconstrained()).data.clone(), logQ, logStretches);
            }

            /** The log density of a Gaussian's defensive draws at points. */
            private double[] stretched(Gaussian g, double[][] points) {
                DMatrixRMaj e = new DMatrixRMaj(d, points.length);
                for (int j = 0; j < points.length; j++) {
                    double[] white = g.whiten(points[j]);
                    for (int i = 0; i < d; i++) e.set(i, j, white[i]);
                }
                stretch.set(noise, DrawSource.of(e));
                stretch.run(points.length);
                double[] log = new double[points.length];
                for (int j = 0; j < log.length; j++) log[j] = logDensity(g, points[j]) + stretch.perDraw(logStretch).data[j];
                return log;
            }

            @Override
            public DMatrixRMaj defensiveNoise(int own, long seed) {
                return defence.ofOwn(own, seed);
            }
        };
    }
}
