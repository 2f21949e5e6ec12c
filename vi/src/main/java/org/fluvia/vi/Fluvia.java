package org.fluvia.vi;

import org.fluvia.model.Data;
import org.fluvia.model.Model;

/** The shortest way to a posterior. */
public final class Fluvia {
    private Fluvia() {}

    /** Fits the model to the data with default choices; see {@link Fit}. */
    public static Posterior fit(Model model, Data data) {
        return Fit.of(model).data(data).run();
    }
}
