package org.fluvia.flows;

import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.flows.check.Dimensions;

/** Independent standard normal elements. The log-density is minus infinity where the square of x overflows, from about 1e154 on. */
record StandardNormal(int dimension) implements Base {
    StandardNormal {
        Dimensions.positive("standardNormal", dimension);
    }

    @Override
    public List<Expr> weights() {
        return List.of();
    }

    @Override
    public Expr ofNoise(Expr noise) {
        return noise;
    }

    @Override
    public Expr logDensity(Expr x) {
        return x.dot(x).times(-0.5).minus(x.shape().size() * Quantiles.HALF_LOG_TWO_PI);
    }

    @Override
    public String toString() {
        return "standard normal";
    }
}
