package org.fluvia.flows;

import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Functions;
import org.fluvia.autodiff.Shape;
import org.fluvia.flows.check.Dimensions;

/** Independent angles, uniform on the circle: draws in [-pi, pi], x = 2 pi Phi(noise) - pi. The density is that of any turn. */
record UniformAngles(int dimension) implements Base {
    private static final double LOG_TURN = StrictMath.log(2 * Math.PI);

    UniformAngles {
        Dimensions.positive("uniformAngles", dimension);
    }

    @Override
    public List<Expr> weights() {
        return List.of();
    }

    @Override
    public Expr ofNoise(Expr noise) {
        return Functions.erf(noise.times(Math.sqrt(0.5))).times(Math.PI);
    }

    @Override
    public Expr logDensity(Expr x) {
        return Expr.of(-dimension * LOG_TURN).expand(Shape.scalar(), x.isPerDraw());
    }

    @Override
    public String toString() {
        return "uniform angles";
    }
}
