import static org.fluvia.autodiff.Functions.*;
import static org.fluvia.dist.Distributions.*;

import org.fluvia.autodiff.Expr;
import org.fluvia.model.ModelBuilder;
import org.fluvia.model.ModelSource;

/**
 * Disasters in British coal mines a year, whose rate changed once: the year of the change is a discrete parameter, and is
 * summed out. What is left to report of it is the probability of each year.
 */
public final class CoalMines implements ModelSource {
    @Override
    public void define(ModelBuilder m) {
        Expr disasters = m.data("disasters");
        Expr early = m.sample("early", exponential(1));
        Expr late = m.sample("late", exponential(1));
        Expr ifEarly = poisson(early).logDensity(disasters);
        Expr ifLate = poisson(late).logDensity(disasters);
        // for each year the terms of all years before it, and those of it and all after
        Expr before = cumulativeSum(ifEarly).minus(ifEarly);
        Expr after = reverseCumulativeSum(ifLate);
        Expr lp = before.plus(after).minus(Math.log(m.integer("T")));
        m.logDensity(lp.logSumExp());
        m.derive("year_of_change", softmax(lp));
    }
}
