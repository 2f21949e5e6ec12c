import static org.fluvia.autodiff.Functions.*;
import static org.fluvia.autodiff.Matrices.*;
import static org.fluvia.dist.Distributions.*;

import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.model.ModelBuilder;
import org.fluvia.model.ModelSource;

/**
 * Healthy, ill and dead, seen at visits that are months apart: a Markov chain in continuous time, whose probabilities over some months
 * are the matrix exponential of its rates. The data are made.
 */
public final class Illness implements ModelSource {
    @Override
    public void define(ModelBuilder m) {
        Expr months = m.data("months");
        int n = months.shape().dim(0);
        Expr rate = m.sample("rate", logNormal(-2, 1), 4);
        Expr fallIll = rate.get(0);
        Expr recover = rate.get(1);
        Expr dieHealthy = rate.get(2);
        Expr dieIll = rate.get(3);
        Expr rates = stack(Expr.concat(fallIll.plus(dieHealthy).unaryMinus(), fallIll, dieHealthy),
                Expr.concat(recover, recover.plus(dieIll).unaryMinus(), dieIll),
                zeros(3));
        Expr each = outer(months, rates.flatten()).reshape(Shape.of(n, 3, 3));        // a matrix for each visit
        Expr after = matrixExponential(each).reshape(Shape.of(n, 9));
        Expr place = m.data("from_state").minus(1).times(3).plus(m.data("to_state").minus(1));
        m.logDensity(after.get(range(0, n), place).log());
        m.derive("after_a_year", matrixExponential(rates.times(12)).slice(0, 2));
    }
}
