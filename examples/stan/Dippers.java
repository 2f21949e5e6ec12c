import static org.fluvia.autodiff.Functions.*;
import static org.fluvia.dist.Distributions.*;

import org.fluvia.autodiff.Expr;
import org.fluvia.model.ModelBuilder;
import org.fluvia.model.ModelSource;

/**
 * Survival of European dippers in years with and without floods, from birds ringed and seen again: the model of Cormack, Jolly and
 * Seber for counts by the year of release and the year of the next sight.
 */
public final class Dippers implements ModelSource {
    @Override
    public void define(ModelBuilder m) {
        int years = m.integer("T");
        Expr seen = m.data("seen", years, years + 1);
        Expr phi = m.sample("phi", beta(2, 2), 2);
        Expr p = m.sample("p", beta(2, 2));
        Expr logSurvival = phi.log().get(m.data("flood"));
        for (int year = 0; year < years; year++) {
            // alive all the years to the sight, missed in all of them but the last
            Expr alive = cumulativeSum(logSurvival.slice(year, years));
            Expr missed = range(0, years - year).times(log1m(p));
            Expr again = alive.plus(missed).exp().times(p);
            Expr never = Expr.of(1).minus(again.sum());
            m.observe(seen.get(year).slice(year, years + 1).named("released_" + (year + 1)), multinomial(Expr.concat(again, never)));
        }
    }
}
