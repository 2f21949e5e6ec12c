package org.fluvia.flows;

import static org.fluvia.autodiff.Functions.logNormalCcdf;
import static org.fluvia.autodiff.Functions.logNormalCdf;

import java.util.function.UnaryOperator;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Solve;

/** Draws made of standard normal noise as x = F^-1(Phi(noise)), where F has no inverse in closed form. */
final class Quantiles {
    static final double HALF_LOG_TWO_PI = 0.5 * StrictMath.log(2 * Math.PI);

    private Quantiles() {}

    /**
     * The s with log F - log(1 - F) = log Phi(noise) - log Phi(-noise), by {@link Solve#increasing}: by these odds either tail is as exact as the
     * middle. The search begins with s = noise.
     *
     * @param logOdds log F - log(1 - F) by an s in which F is not far from the standard normal distribution; elementwise
     */
    static Expr of(Expr noise, UnaryOperator<Expr> logOdds) {
        Expr e = noise.stopGradient();
        Expr below = logNormalCdf(e);
        Expr above = logNormalCcdf(e);
        Expr target = below.minus(above);
        Expr slope = e.square().times(-0.5).minus(HALF_LOG_TWO_PI).minus(below).minus(above).exp();
        return Solve.increasing(noise, s -> e.plus(logOdds.apply(s).minus(target).div(slope)));
    }
}
