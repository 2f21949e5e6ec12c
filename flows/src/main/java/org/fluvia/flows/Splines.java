package org.fluvia.flows;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.fluvia.flows.FlowFamily.Option;

/** Rows of the table of flows: splines, and what is added to others. */
final class Splines {
    private static final Option BINS = new Option("bins", "8", "at least 2");
    private static final Option BOUND = new Option("bound", "5.0", "positive and finite");

    private Splines() {}

    static List<FlowFamily> rows() {
        return List.of(
                new FlowFamily("nice", "couplings that add to one half and the other by turns, and a scale of each element in the end",
                        "Dinh et al. 2015", options("8"), Flows::nice),
                new FlowFamily("splineCoupling", "couplings by rational-quadratic splines; in one dimension elementwise splines",
                        "Durkan et al. 2019", options("6", BINS, BOUND), Flows::splineCoupling),
                new FlowFamily("splineAutoregressive", "each element moved by a rational-quadratic spline that depends on those before it",
                        "Durkan et al. 2019", options("3", BINS, BOUND, new Option("cheap", "null", "DRAWS, DENSITY, or null for either")),
                        Flows::splineAutoregressive),
                new FlowFamily("heavyTails", "independent elements with tails as heavy as those of Student's t, or lighter; the last of a chain, or alone",
                        "Goerg 2015; Hickling and Prangle 2024", List.of(), Flows::heavyTails));
    }

    /** Layers and widths of networks, and what else there is. */
    private static List<Option> options(String layers, Option... others) {
        return Stream.concat(Stream.of(new Option("layers", layers, "at least 1"), new Option("hidden", "[32, 32]", "each at least 1")),
                Arrays.stream(others)).toList();
    }
}
