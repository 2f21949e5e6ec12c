package org.fluvia.flows;

import java.util.List;
import org.fluvia.flows.bijection.Bijection;
import org.fluvia.flows.conditioner.Context;
import org.fluvia.flows.layer.Continuous;

/** Rows of the table of bijections: solutions of differential equations. */
final class ContinuousBijections {
    private ContinuousBijections() {}

    static List<BijectionFamily> rows() {
        return List.of(new BijectionFamily("Continuous", "where a point comes to that moves with the velocity a network gives",
                "hidden widths, one or two; tolerance, from 1e-13 to 0.01; most steps, from 1 to 10000",
                "Chen et al. 2018, section 4; Grathwohl et al. 2019", ContinuousBijections::continuous));
    }

    /** With tolerances that leave an error of little more than rounding. */
    private static List<Bijection> continuous() {
        Context context = NetworkExamples.context();
        return List.of(of(1, Context.none(), 4), of(2, Context.none(), 6), of(3, Context.none(), 4, 3),
                of(10, Context.none(), 3), of(3, context, 3, 4));
    }

    private static Bijection of(int dimension, Context context, Integer... hidden) {
        return Continuous.of(dimension, List.of(hidden), 1e-12, 1000, context, 7);
    }
}
