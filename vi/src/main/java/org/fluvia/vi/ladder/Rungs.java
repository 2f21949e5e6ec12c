package org.fluvia.vi.ladder;

import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.fluvia.catalogue.Catalogue;
import org.fluvia.flows.Flows;
import org.fluvia.vi.judge.Judgement;
import org.fluvia.vi.plan.FitPlan;
import org.jspecify.annotations.Nullable;

/** The rungs of the ladder, from the lowest. */
public final class Rungs {
    private static final Catalogue<Row> TABLE = Catalogue.of("rung", List.of(
            new Row("starts", "Gaussians at points along several L-BFGS paths; the one with the best ELBO",
                    "Zhang et al. 2022, Pathfinder", false, plan -> plan.starts().shareOfTime(), (ground, best) -> true, Starts::new),
            new Row("search", "tempered particles, which look for all of the mass; paths from them lead to modes",
                    "Del Moral, Doucet and Jasra 2006", false, plan -> plan.population().shareOfTime(),
                    (ground, best) -> Searching.isWorthIt(ground), Searching::new),
            new Row("full-rank", "a Gaussian with any covariance, by natural gradients; the levels of a hierarchy partially non-centred",
                    "Opper and Archambeau 2009; Khan and Rue 2023; Gorinova, Moore and Hoffman 2020",
                    true, plan -> 1, (ground, best) -> true, Levels::fullRank),
            new Row("margins", "a Gaussian copula: each element has the margin that is best for the others, by quadrature",
                    "Bishop 2006, equation 10.9; Gregory and Delbourgo 1982", true, plan -> 1,
                    (ground, best) -> ground.flow() != Flows.fullRank() && MarginSearch.isAffordable(ground), MarginSearch::rung),
            new Row("modes", "where there are several modes: a mixture with a part at each, which begins as its Laplace approximation",
                    "Jordan et al. 1999, section 4; Arenz et al. 2018", true, plan -> 1,
                    (ground, best) -> ground.flow() != Flows.fullRank() && Beginning.modes(ground).size() > 1, FlowRung::atModes),
            new Row("flow", "a flow inside that Gaussian, the identity at its first step", "Roeder, Wu and Duvenaud 2017; Agrawal et al. 2020",
                    true, plan -> 1, (ground, best) -> ground.flow() != Flows.fullRank(), FlowRung::plain),
            new Row("covering flow", "where there are several modes, or the flow falls short: one inside a Gaussian around all modes, first trained to"
                    + " cover the density, flattened", "Bornschein and Bengio 2015; Rezende and Mohamed 2015, equation 20", true, plan -> 1,
                    (ground, best) -> ground.flow() != Flows.fullRank()
                            && (ground.modes().within(ground.plan().covering().depth()).size() > 1 || best != null && best.fallsShort()), FlowRung::covering)));

    /**
     * A rung.
     *
     * @param name of its stage: for progress, and what a limit of time cut
     * @param isJudged whether what it finds is judged, so that the climb may end with it
     * @param shareOfTime of the limit, after which it takes no further step
     * @param isWider whether it can be better than the best one below that was judged, if there is one, for a user's choices
     * @param on makes it
     */
    public record Row(String name, String description, String source, boolean isJudged, ToDoubleFunction<FitPlan> shareOfTime,
                      BiPredicate<Ground, @Nullable Judgement> isWider, Function<Ground, Rung> on) implements Catalogue.Row {}

    private Rungs() {}

    public static Catalogue<Row> table() {
        return TABLE;
    }
}
