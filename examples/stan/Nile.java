import static org.fluvia.dist.Distributions.*;

import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Scan;
import org.fluvia.model.ModelBuilder;
import org.fluvia.model.ModelSource;

/**
 * The yearly flow of the Nile at Aswan about a level that drifts: a local level model, whose levels are integrated out by the
 * Kalman filter. The state of the recurrence is the mean and the variance of the level, given the flows so far.
 */
public final class Nile implements ModelSource {
    @Override
    public void define(ModelBuilder m) {
        Expr sigma = m.sample("sigma", halfNormal(200));
        Expr drift = m.sample("drift", halfNormal(100));
        Scan filter = Scan.of(List.of(Expr.of(1000), Expr.of(1e5)), List.of(m.data("flow")), (state, row) -> {
            Expr level = state.get(0);
            Expr variance = state.get(1);
            Expr flow = row.get(0);
            Expr total = variance.plus(sigma.square());
            Expr gain = variance.div(total);
            Expr nextLevel = level.plus(gain.times(flow.minus(level)));
            Expr nextVariance = variance.times(Expr.of(1).minus(gain)).plus(drift.square());
            return new Scan.Next(List.of(nextLevel, nextVariance), List.of(normal(level, total.sqrt()).logDensity(flow)));
        });
        m.logDensity(filter.emitted(0));
        m.derive("last_level", filter.last(0));
        m.predict("next_flow", normal(filter.last(0), filter.last(1).plus(sigma.square()).sqrt()));
    }
}
