package org.fluvia.flows;

import static org.fluvia.autodiff.Functions.logNormalCcdf;
import static org.fluvia.autodiff.Functions.logNormalCdf;

import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Functions;
import org.fluvia.autodiff.NormalNoise;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.Solve;
import org.fluvia.flows.check.Dimensions;

/**
 * A mixture of K normal distributions with independent elements, with weights, means and scales that training changes. The density is
 * that of the mixture. A draw is one element after the other (Rosenblatt 1952): element i is a quantile of its distribution given those
 * before it, x_i = F^-1(Phi(noise_i) | x_1, ..., x_i-1), a mixture in one dimension with weights that the elements before have changed,
 * found by {@link Solve#increasing} of log F - log(1 - F). So draws are smooth in noise and weights, as draws of a component
 * chosen at random are not, and a flow is trained by them as by any other.
 *
 * @param logits (K), whose softmax are the weights of components
 * @param means (K x d)
 * @param logScales (K x d)
 */
record MixtureBase(int dimension, Expr logits, Expr means, Expr logScales) implements Base {
    private static final double HALF_LOG_TWO_PI = 0.5 * StrictMath.log(2 * Math.PI);

    static MixtureBase of(int dimension, int components, long seed) {
        Dimensions.positive("mixture", dimension);
        if (components < 1) throw new IllegalArgumentException("mixture: components must be at least 1, but were " + components);
        Shape each = Shape.of(components, dimension);
        double[] apart = new double[each.size()];
        NormalNoise.of(seed).fill(0, apart.length, 1, apart, 0, apart.length);
        return new MixtureBase(dimension, Expr.shared("component logits", Shape.of(components), new double[components]),
                Expr.shared("component means", each, apart), Expr.shared("component log scales", each, new double[each.size()]));
    }

    @Override
    public List<Expr> weights() {
        return List.of(logits, means, logScales);
    }

    private int components() {
        return logits.shape().size();
    }

    @Override
    public Expr ofNoise(Expr noise) {
        Expr[] x = new Expr[dimension];
        Expr logWeights = Functions.logSoftmax(logits);
        for (int i = 0; i < dimension; i++) {
            Expr e = noise.slice(i, i + 1);
            Expr given = logWeights;
            Expr mean = means.column(i);
            Expr scale = logScales.column(i).exp();
            x[i] = Solve.increasing(logNormalCdf(e).minus(logNormalCcdf(e)), v -> {
                Expr z = Functions.repeat(v.get(0), 0, components()).minus(mean).div(scale);
                return given.plus(logNormalCdf(z)).logSumExp().minus(given.plus(logNormalCcdf(z)).logSumExp()).reshape(Shape.of(1));
            });
            logWeights = logWeights.plus(logDensities(x[i].get(0), mean, logScales.column(i)));
            logWeights = logWeights.minus(logWeights.logSumExp());
        }
        return Expr.concat(x);
    }

    /** Of an element, under each component. */
    private Expr logDensities(Expr x, Expr mean, Expr logScale) {
        Expr z = Functions.repeat(x, 0, components()).minus(mean).div(logScale.exp());
        return z.square().times(-0.5).minus(logScale).minus(HALF_LOG_TWO_PI);
    }

    @Override
    public Expr logDensity(Expr x) {
        Expr sum = Functions.logSoftmax(logits);
        for (int i = 0; i < dimension; i++) sum = sum.plus(logDensities(x.get(i), means.column(i), logScales.column(i)));
        return sum.logSumExp();
    }

    @Override
    public String toString() {
        return "mixture of " + components() + " normals";
    }
}
