package org.fluvia.vi.ladder;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.fluvia.catalogue.Catalogue;
import org.fluvia.flows.Flows;
import org.fluvia.vi.plan.FitPlan;

/** The rungs of the ladder, from the lowest. */
public final class Rungs {
    private static final Catalogue<Row> TABLE = Catalogue.of("rung", List.of(
            new Row("starts", "Gaussians at points along several L-BFGS paths; the one with the best ELBO",
                    "Zhang et al. 2022, Pathfinder", false, plan -> plan.starts().shareOfTime(), ground -> true, Starts::new),
            new Row("full-rank", "a Gaussian with any covariance, by natural gradients", "Opper and Archambeau 2009; Khan and Rue 2023",
                    true, plan -> 1, ground -> true, FullRank::new),
            new Row("flow", "a flow inside that Gaussian, the identity at its first step", "Roeder, Wu and Duvenaud 2017; Agrawal et al. 2020",
                    true, plan -> 1, ground -> ground.flow() != Flows.fullRank(), FlowRung::new)));

    /**
     * A rung.
     *
     * @param name of its stage: for progress, and what a limit of time cut
     * @param isJudged whether what it finds is judged, so that the climb may end with it
     * @param shareOfTime of the limit, after which it takes no further step
     * @param isWider whether it can be better than the one below, for a user's choices
     * @param on makes it
     */
    public record Row(String name, String description, String source, boolean isJudged, ToDoubleFunction<FitPlan> shareOfTime,
                      Predicate<Ground> isWider, Function<Ground, Rung> on) implements Catalogue.Row {}

    private Rungs() {}

    public static Catalogue<Row> table() {
        return TABLE;
    }
}
