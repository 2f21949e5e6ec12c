package org.fluvia.flows;

import java.util.ArrayList;
import java.util.List;
import org.fluvia.flows.bijection.Bijection;
import org.fluvia.flows.conditioner.Context;
import org.fluvia.flows.layer.BlockAutoregressive;

/** Rows of the table of bijections: networks that are increasing themselves. */
final class MonotoneBijections {
    private MonotoneBijections() {}

    static List<BijectionFamily> rows() {
        return List.of(new BijectionFamily("BlockAutoregressive", "a network that is increasing in each element, given those before it",
                "hidden units for each element, in each hidden layer", "De Cao et al. 2019", MonotoneBijections::blocks));
    }

    private static List<Bijection> blocks() {
        Context context = NetworkExamples.context();
        List<Bijection> all = new ArrayList<>();
        all.add(BlockAutoregressive.of(1, List.of(4), Context.none(), 1));
        all.add(BlockAutoregressive.of(2, List.of(3, 2), Context.none(), 2));
        all.add(BlockAutoregressive.of(3, List.of(1, 3), context, 3));
        all.add(BlockAutoregressive.of(1, List.of(1), context, 4));
        all.add(BlockAutoregressive.of(10, List.of(2), Context.none(), 5));
        return all;
    }
}
