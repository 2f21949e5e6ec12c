package org.fluvia.flows.training;

import java.util.List;
import java.util.function.IntFunction;
import org.fluvia.catalogue.Catalogue;

/** The optimisers there are. */
public final class Optimisers {
    private static final Catalogue<Row> TABLE = Catalogue.of("optimiser", List.of(
            new Row("adam", "steps by the mean of gradients over the root of the mean of their squares",
                    "Kingma and Ba 2015, algorithm 1", Adam::new)));

    /**
     * An optimiser.
     *
     * @param forWeights makes one in its first state, for so many weights
     */
    public record Row(String name, String description, String source, IntFunction<Optimiser> forWeights) implements Catalogue.Row {}

    private Optimisers() {}

    public static Catalogue<Row> table() {
        return TABLE;
    }
}
