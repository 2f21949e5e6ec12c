import static org.fluvia.autodiff.Functions.*;
import static org.fluvia.dist.Distributions.*;

import org.fluvia.autodiff.Expr;
import org.fluvia.model.ModelBuilder;
import org.fluvia.model.ModelSource;

/**
 * What alligators eat most of, by lake and size: a multinomial logit. The first food, the first lake and small animals are what the
 * others are compared with, so that their coefficients are 0: a border of zeros about the parameters.
 */
public final class Alligators implements ModelSource {
    @Override
    public void define(ModelBuilder m) {
        int lakes = m.integer("L");
        int foods = m.integer("K");
        Expr alpha = m.sample("alpha", normal(0, 5), foods - 1);
        Expr lake = m.sample("lake", normal(0, 2), lakes - 1, foods - 1);
        Expr large = m.sample("large", normal(0, 2), foods - 1);
        Expr small = repeatRows(alpha, lakes).plus(concatRows(zeros(foods - 1), lake));
        Expr eaten = m.data("eaten", lakes, 2, foods);
        for (int size = 0; size < 2; size++) {
            Expr others = size == 0 ? small : small.plus(repeatRows(large, lakes));
            Expr diet = m.derive(size == 0 ? "small_diet" : "large_diet", softmax(concatColumns(zeros(lakes), others)));
            for (int l = 0; l < lakes; l++) {
                m.observe(eaten.get(l, size).named((size == 0 ? "small_" : "large_") + (l + 1)), multinomial(diet.get(l)));
            }
        }
    }
}
