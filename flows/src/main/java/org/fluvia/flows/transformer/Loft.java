package org.fluvia.flows.transformer;

import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.flows.check.Dimensions;

/**
 * y = sign(x) (min(|x|, tau) + log(1 + max(|x| - tau, 0))): the identity up to tau and a logarithm beyond (LOFT; Andrade 2024), so that
 * what went far off in a long chain comes back to where the target can be evaluated. log dy/dx = -log(1 + max(|x| - tau, 0)). No
 * parameters. Not the identity beyond tau, so a flow with it starts as exactly the identity on [-tau, tau] only.
 *
 * <p>Numerics: the inverse is an exponential, which beyond |y| = tau + 690 stays at e^690.
 *
 * @param tau up to where it is the identity; positive and finite
 */
public record Loft(double tau) implements Transformer {
    private static final double TAU = 100;
    private static final double MOST = 690;

    public Loft {
        Dimensions.bound("Loft", "tau", tau);
    }

    /** With tau = 100. */
    public static Loft of() {
        return of(TAU);
    }

    /** The identity up to tau. */
    public static Loft of(double tau) {
        return new Loft(tau);
    }

    @Override
    public List<Parameter> parameters() {
        return List.of();
    }

    @Override
    public Moved forward(Expr x, List<Expr> parameters) {
        Expr within = x.clamp(-tau, tau);
        Expr log = x.minus(within).abs().log1p();
        return new Moved(within.plus(Hyperbolic.signed(x, log)), log.unaryMinus());
    }

    @Override
    public Moved inverse(Expr y, List<Expr> parameters) {
        Expr within = y.clamp(-tau, tau);
        Expr log = y.minus(within).abs().min(MOST);
        return new Moved(within.plus(Hyperbolic.signed(y, log.expm1())), log);
    }

    @Override
    public String toString() {
        return "LOFT, tau = " + tau;
    }
}
