package org.fluvia.dist;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Functions;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.Source;
import org.fluvia.catalogue.build.Listed;
import org.fluvia.support.Support;

/** {@link Distributions#zeroInflated(Expr, Distribution)}. */
record ZeroInflated(Expr prob, Distribution of) implements Derived {
    /**
     * Counts with more zeros, 0 with probability prob, otherwise a count, which can be 0 too: log(prob + (1 - prob) p(0))
     * for x = 0, log(1 - prob) + log p(x) for others. Stan User's Guide, "Zero-inflated and hurdle models".
     *
     * @param prob from 0 to 1, a scalar or one value for each count
     * @param counts such as {@code poisson(rate)}
     */
    @Listed(source = "Stan User's Guide, Zero-inflated and hurdle models", example = {"0.2", "Distributions.poisson(3)"})
    static Distribution zeroInflated(Expr prob, Distribution counts) {
        return new ZeroInflated(prob, counts);
    }

    ZeroInflated {
        Arguments.of("zeroInflated").proportion("prob", prob);
        Derived.checkNumbers("zeroInflated", of);
        Derived.checkShapes("zeroInflated", of, prob);
        if (!of.isDiscrete()) {
            throw new IllegalArgumentException("zeroInflated: the distribution must be one of counts, but " + of.name()
                    + " is continuous" + Source.suffix() + ". Use hurdle, where zeros have a probability of their own.");
        }
    }

    @Override
    public String name() {
        return "zeroInflated";
    }

    @Override
    public List<Expr> own() {
        return List.of(prob);
    }

    @Override
    public List<Expr> parameters() {
        return Derived.join(own(), of.parameters());
    }

    @Override
    public Support support() {
        return of.support();
    }

    @Override
    public Expr logDensity(Expr x) {
        Expr counted = of.logDensity(x).plus(Functions.log1m(prob));
        return Expr.where(x.eq(0), Functions.logAddExp(prob.log(), counted), counted);
    }

    @Override
    public double[] sample(RandomGenerator random, Shape shape, List<double[]> values) {
        double[] x = of.sample(random, shape, values.subList(1, values.size()));
        for (int i = 0; i < x.length; i++) {
            if (Draws.uniform(random) < Multivariate.element(values.get(0), i)) x[i] = 0;
        }
        return x;
    }
}
