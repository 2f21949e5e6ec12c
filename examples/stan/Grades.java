import static org.fluvia.autodiff.Functions.*;
import static org.fluvia.autodiff.Matrices.*;
import static org.fluvia.dist.Distributions.*;

import org.fluvia.autodiff.Expr;
import org.fluvia.model.ModelBuilder;
import org.fluvia.model.ModelSource;
import org.fluvia.support.Support;

/**
 * Grades of persons in several questions: the graded response model (Samejima 1969), with ordered thresholds for each question. The
 * data are made.
 */
public final class Grades implements ModelSource {
    @Override
    public void define(ModelBuilder m) {
        int items = m.integer("I");
        int persons = m.integer("J");
        Expr grade = m.data("grade", persons, items);
        Expr ability = m.sample("ability", stdNormal(), persons);
        Expr slope = m.sample("slope", logNormal(0, 0.5), items);
        Expr threshold = m.sample("threshold", normal(0, 3), Support.ordered(), items, m.integer("K") - 1);
        Expr eta = outer(ability, slope);
        for (int i = 0; i < items; i++) {
            m.observe(grade.column(i).named("item_" + (i + 1)), orderedLogistic(eta.column(i), threshold.get(i)));
        }
        // where each person stands: 1 is the best
        Expr better = repeatRows(ability, persons).minus(repeatColumns(ability, persons));
        m.derive("place", sum(Expr.of(0).lt(better), 1).plus(1));
    }
}
