package org.fluvia.flows;

import java.util.List;
import java.util.function.Supplier;

/** The rows of {@link Flows} for autoregressive flows of increasing networks and polynomials. */
final class MonotoneFlows {
    private static final FlowFamily.Option LAYERS = new FlowFamily.Option("layers", "3", "at least 1");
    private static final FlowFamily.Option CHEAP = new FlowFamily.Option("cheap", "null", "DRAWS, DENSITY or null, which leaves it to the use");

    private MonotoneFlows() {}

    static List<FlowFamily> rows() {
        return List.of(
                transformed("naf", "neural autoregressive: each element through a mixture of sigmoids that those before it give",
                        "Huang et al. 2018", "deep sigmoidal, 8 units", Flows::naf),
                transformed("umnn", "each element through the integral of a positive network that those before it give",
                        "Wehenkel and Louppe 2019", "unconstrained monotonic, 8 units within +-5.0", Flows::umnn),
                transformed("sos", "each element through a sum-of-squares polynomial that those before it give", "Jaini et al. 2019",
                        "sum of squares, 2 polynomials of degree 4 within +-5.0", Flows::sos),
                transformed("bernstein", "each element through a Bernstein polynomial that those before it give", "Ramasinghe et al. 2021",
                        "Bernstein, degree 16 within +-5.0", Flows::bernstein),
                new FlowFamily("bnaf", "block neural autoregressive: one network that is increasing in each element, given those before it",
                        "De Cao et al. 2019",
                        List.of(LAYERS, new FlowFamily.Option("hidden", "[8]", "at least one, each at least 1; units for each element"), CHEAP),
                        Flows::bnaf));
    }

    private static FlowFamily transformed(String name, String description, String source, String transformer, Supplier<FlowSpec> spec) {
        return new FlowFamily(name, description, source, List.of(LAYERS, new FlowFamily.Option("hidden", "[32, 32]", "each at least 1"),
                new FlowFamily.Option("transformer", transformer, "any transformer"), CHEAP), spec);
    }
}
