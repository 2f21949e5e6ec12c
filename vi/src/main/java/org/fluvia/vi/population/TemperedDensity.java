package org.fluvia.vi.population;

import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.DrawSource;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Gradient;
import org.fluvia.autodiff.NormalNoise;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.SplitMix;
import org.fluvia.autodiff.Workspace;
import org.fluvia.vi.density.Slope;
import org.fluvia.vi.density.Target;

/**
 * What lies between a wide base b and the density p: b^(1 - beta) p^beta. The base has independent elements, Student's t with four degrees of
 * freedom around zero, on the unconstrained scale. Belongs to one thread.
 */
final class TemperedDensity {
    private static final int DEGREES = 4;

    private final double[] scale;
    private final Expr z;
    private final Expr beta = Expr.shared("beta", Shape.scalar(), 0);
    private final Expr logTarget;
    private final Expr logBase;
    private final Expr gradient;
    private final Workspace workspace;

    /** @param scale of each element of the base */
    TemperedDensity(Target target, double[] scale) {
        this.scale = scale;
        z = target.model().unconstrained();
        logTarget = target.model().logDensityUnconstrained();
        logBase = logBase();
        Expr between = logTarget.times(beta).plus(logBase.times(beta.unaryMinus().plus(1)));
        gradient = Gradient.of(between, z);
        workspace = Program.of(logTarget, logBase, gradient).workspace(target.workers());
    }

    private Expr logBase() {
        // log of Gamma(5/2) / (Gamma(2) sqrt(4 pi)) = log(3/8)
        double constant = scale.length * StrictMath.log(0.375);
        for (double s : scale) constant -= StrictMath.log(s);
        Expr standard = z.div(Expr.vector(scale));
        return standard.square().div(DEGREES).log1p().sum().times(-0.5 * (DEGREES + 1)).plus(constant);
    }

    int dimension() {
        return scale.length;
    }

    /** n points of the base: dimension x n. */
    DMatrixRMaj base(int n, long seed) {
        int d = scale.length;
        DMatrixRMaj x = NormalNoise.of(SplitMix.at(seed, 0)).matrix(d, n);
        for (int k = 0; k < x.data.length; k++) {
            // half of a chi-square with four degrees of freedom
            long own = SplitMix.at(SplitMix.at(seed, 1), k);
            double half = -StrictMath.log(SplitMix.uniform(own, 0) * SplitMix.uniform(own, 1));
            x.data[k] *= scale[k / n] * Math.sqrt(0.5 * DEGREES / half);
        }
        return x;
    }

    /** Evaluates at points; results stay until the next evaluation. */
    void evaluate(DMatrixRMaj points, double beta) {
        workspace.set(this.beta, new double[] {beta}, 0);
        workspace.set(z, DrawSource.of(points));
        workspace.run(points.numCols);
    }

    /** The density between, at one temperature. */
    Slope at(double beta) {
        return new Slope() {
            @Override
            public void evaluate(DMatrixRMaj points) {
                TemperedDensity.this.evaluate(points, beta);
            }

            @Override
            public DMatrixRMaj gradients() {
                return TemperedDensity.this.gradients();
            }
        };
    }

    /** log p at the points; not a copy. */
    double[] logTargets() {
        return workspace.perDraw(logTarget).data;
    }

    /** log b at the points; not a copy. */
    double[] logBases() {
        return workspace.perDraw(logBase).data;
    }

    /** Of the log-density between, at the points: dimension x points; not a copy. */
    DMatrixRMaj gradients() {
        return workspace.perDraw(gradient);
    }
}
