import org.fluvia.autodiff.Expr;
import org.fluvia.model.ModelBuilder;
import org.fluvia.model.ModelSource;
import org.fluvia.support.Support;

/**
 * A curved density without data, as a raw log-density (Haario, Saksman, Tamminen 1999): x1 ~ normal(0, 10) and x2 given x1 ~
 * normal(0.03 (x1^2 - 100), 1). It is normalised: the log evidence is 0.
 */
public final class Banana implements ModelSource {
    private static final double LOG_TWO_PI = 1.8378770664093453;

    @Override
    public void define(ModelBuilder m) {
        Expr x = m.parameter("x", Support.real(), 2);
        Expr bend = x.get(0).square().minus(100).times(0.03);
        Expr residual = x.get(1).minus(bend);
        m.logDensity(x.get(0).square().div(100).plus(residual.square()).times(-0.5).minus(LOG_TWO_PI + Math.log(10)));
    }
}
