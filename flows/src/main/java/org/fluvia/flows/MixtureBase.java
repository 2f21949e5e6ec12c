package org.fluvia.flows;

import static org.fluvia.autodiff.Functions.logNormalCcdf;
import static org.fluvia.autodiff.Functions.logNormalCdf;

import java.util.List;
import java.util.function.UnaryOperator;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Functions;
import org.fluvia.autodiff.NormalNoise;
import org.fluvia.autodiff.Shape;
import org.fluvia.flows.check.Dimensions;

/**
 * A mixture of K normal distributions with independent elements, with weights, means and scales that training changes. The density is
 * that of the mixture. A draw is one element after the other (Rosenblatt 1952): element i is a quantile of its distribution given those
 * before it, x_i = F^-1(Phi(noise_i) | x_1, ..., x_i-1), a mixture in one dimension with weights that the elements before have changed:
 * {@link Quantiles}. So draws are smooth in noise and weights, as draws of a component
 * chosen at random are not, and a flow is trained by them as by any other.
 *
 * @param components K
 * @param seed of the means
 * @param logits (K), whose softmax are the weights of components
 * @param means (K x d)
 * @param logScales (K x d)
 */
record MixtureBase(int dimension, int components, long seed, Expr logits, Expr means, Expr logScales) implements Base {
    private static final int HALVINGS = 24;

    static MixtureBase of(int dimension, int components, long seed) {
        Dimensions.positive("mixture", dimension);
        Dimensions.atLeast("mixture", "components", 1, components);
        Shape each = Shape.of(components, dimension);
        double[] apart = NormalNoise.of(seed).values(each.size());
        return new MixtureBase(dimension, components, seed, Expr.shared("component logits", Shape.of(components), new double[components]),
                Expr.shared("component means", each, apart), Expr.shared("component log scales", each, new double[each.size()]));
    }

    @Override
    public List<Expr> weights() {
        return List.of(logits, means, logScales);
    }

    @Override
    public Expr ofNoise(Expr noise) {
        Expr[] x = new Expr[dimension];
        Expr logWeights = Functions.logSoftmax(logits);
        for (int i = 0; i < dimension; i++) {
            Expr given = logWeights;
            Expr mean = means.column(i);
            Expr scale = logScales.column(i).exp();
            Expr e = noise.get(i);
            UnaryOperator<Expr> logOdds = v -> {
                Expr z = Functions.repeat(v, 0, components).minus(mean).div(scale);
                return given.plus(logNormalCdf(z)).logSumExp().minus(given.plus(logNormalCcdf(z)).logSumExp());
            };
            Expr near = near(e, mean.plus(scale.times(e)), logOdds).stopGradient();
            UnaryOperator<Expr> place = v -> near.plus(v.minus(e.stopGradient()));
            x[i] = place.apply(Quantiles.of(e, v -> logOdds.apply(place.apply(v))));
            logWeights = logWeights.plus(logDensities(x[i], mean, logScales.column(i)));
            logWeights = logWeights.minus(logWeights.logSumExp());
        }
        return Expr.concat(x);
    }

    /**
     * The quantile of a mixture lies between those of its components. Where these are far apart the distribution function is flat
     * between them and steep beside, where a search by slopes is lost; so first the range is halved until it is short beside any of them.
     */
    private static Expr near(Expr e, Expr ofComponents, UnaryOperator<Expr> logOdds) {
        Expr target = logNormalCdf(e).minus(logNormalCcdf(e));
        Expr low = Functions.min(ofComponents);
        Expr high = Functions.max(ofComponents);
        for (int i = 0; i < HALVINGS; i++) {
            Expr middle = low.plus(high.minus(low).times(0.5));
            Expr above = logOdds.apply(middle).lt(target);
            low = Expr.where(above, middle, low);
            high = Expr.where(above, high, middle);
        }
        return low.plus(high.minus(low).times(0.5));
    }

    /** Of an element, under each component. */
    private Expr logDensities(Expr x, Expr mean, Expr logScale) {
        Expr z = Functions.repeat(x, 0, components).minus(mean).div(logScale.exp());
        return z.square().times(-0.5).minus(logScale).minus(Quantiles.HALF_LOG_TWO_PI);
    }

    @Override
    public Expr logDensity(Expr x) {
        Expr sum = Functions.logSoftmax(logits);
        for (int i = 0; i < dimension; i++) sum = sum.plus(logDensities(x.get(i), means.column(i), logScales.column(i)));
        return sum.logSumExp();
    }

    @Override
    public String toString() {
        return "mixture of " + components + " normals";
    }
}
