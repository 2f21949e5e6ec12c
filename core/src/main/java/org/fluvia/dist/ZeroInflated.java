package org.fluvia.dist;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Functions;
import org.fluvia.autodiff.Source;
import org.fluvia.support.Support;

/** {@link Distributions#zeroInflated(Expr, Distribution)}. */
record ZeroInflated(Expr prob, Univariate counts) implements Univariate {
    ZeroInflated {
        Arguments arguments = Arguments.of("zeroInflated").probability("prob", prob);
        for (Expr p : counts.parameters()) arguments.fits("a parameter of " + counts.name(), p);
    }

    static ZeroInflated of(Expr prob, Distribution counts) {
        Univariate d = Arguments.univariate("zeroInflated", counts);
        if (!d.isDiscrete()) {
            throw new IllegalArgumentException("zeroInflated: the distribution must be one of counts, but " + d.name()
                    + " is continuous" + Source.suffix() + ". Use hurdle, where zeros have a probability of their own.");
        }
        return new ZeroInflated(prob, d);
    }

    @Override
    public String name() {
        return "zeroInflated";
    }

    /** The probability, then the parameters of the counts. */
    @Override
    public List<Expr> parameters() {
        return prepend(prob, counts);
    }

    static List<Expr> prepend(Expr first, Distribution d) {
        List<Expr> all = new ArrayList<>(List.of(first));
        all.addAll(d.parameters());
        return all;
    }

    @Override
    public Support support() {
        return counts.support();
    }

    @Override
    public Expr logDensity(Expr x) {
        Expr counted = counts.logDensity(x).plus(Functions.log1m(prob));
        return Expr.where(x.eq(0), Functions.logAddExp(prob.log(), counted), counted);
    }

    @Override
    public double sample(RandomGenerator random, double[] p) {
        double inflated = Draws.uniform(random);
        double count = counts.sample(random, Arrays.copyOfRange(p, 1, p.length));
        return inflated < p[0] ? 0 : count;
    }
}
