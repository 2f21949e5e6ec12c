package org.fluvia.vi.objective;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.DrawSource;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.Workspace;
import org.fluvia.flows.Flow;

/**
 * The forward KL divergence, KL(p || q) = E_p[log p - log q]. Its gradient is that of -E_p[log q], estimated by draws z_j of q with
 * self-normalised importance weights, -sum w_j log q(z_j) with w_j proportional to p(z_j) / q(z_j), draws and weights held fixed (the wake
 * phase of Bornschein and Bengio 2015, "Reweighted wake-sleep"). Biased by the normalisation, the less the closer q is to p.
 */
final class ForwardKl implements Objective {
    @Override
    public Step prepare(Setting setting) {
        return new Weighted(setting);
    }

    private static final class Weighted implements Step {
        private final Setting setting;
        private final Expr z;
        private final Expr ratio;
        private final Workspace draws;
        private final Expr point;
        private final Expr weight = Expr.perDraw("weight", Shape.scalar());
        private final List<Expr> gradients;
        private final Workspace gradient;

        Weighted(Setting setting) {
            this.setting = setting;
            Flow.Draw draw = setting.sample();
            z = draw.value();
            ratio = setting.logDensity(z).minus(draw.logDensity());
            draws = setting.workspace(List.of(z, ratio));
            point = Expr.perDraw("point", z.shape());
            gradients = setting.weights().gradients(setting.logApproximation(point).times(weight).unaryMinus());
            gradient = setting.workspace(new ArrayList<>(gradients));
        }

        @Override
        public int gradient(double[] weights, int step, double[] sum) {
            int n = setting.batch();
            setting.weights().set(draws, weights);
            draws.set(setting.noise(), setting.draws(step));
            draws.run(n);
            double[] ratios = draws.perDraw(ratio).data;
            setting.seen(weights, step, ratios);
            double[] shares = shares(ratios, n);
            setting.weights().set(gradient, weights);
            gradient.set(point, DrawSource.of(draws.perDraw(z)));
            gradient.set(weight, DrawSource.of(DMatrixRMaj.wrap(1, n, shares)));
            gradient.run(n);
            setting.weights().read(gradient, gradients, sum);
            return 1;
        }
    }

    /** Importance weights of sum one; all zero where no ratio is finite. */
    private static double[] shares(double[] ratios, int n) {
        double[] finite = Arrays.stream(ratios, 0, n).filter(Double::isFinite).toArray();
        double max = Arrays.stream(finite).max().orElse(0);
        double sum = 0;
        for (double r : finite) sum += StrictMath.exp(r - max);
        double[] shares = new double[n];
        for (int j = 0; j < n; j++) if (Double.isFinite(ratios[j])) shares[j] = StrictMath.exp(ratios[j] - max) / sum;
        return shares;
    }
}
