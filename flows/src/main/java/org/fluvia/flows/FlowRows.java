package org.fluvia.flows;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.fluvia.flows.FlowFamily.Option;

/** The rows of {@link Flows#table}. */
final class FlowRows {
    private static final Option HIDDEN = new Option("hidden", "[32, 32]", "each at least 1");
    private static final Option HIDDEN_OF_CONTEXT = new Option("hidden", "[32, 32]", "each at least 1; where there is a context");
    private static final Option CHEAP = new Option("cheap", "null", "DRAWS, DENSITY or null, which leaves it to the use");
    private static final Option LOG_SCALE = new Option("logScaleBound", "3.0", "positive and finite");
    private static final Option BINS = new Option("bins", "8", "from 2 to 999");
    private static final Option BOUND = new Option("bound", "5.0", "positive and finite");

    private FlowRows() {}

    static List<FlowFamily> all() {
        return List.of(
                new FlowFamily("realNvp", "affine couplings: one half scales and shifts the other, by turns; in 1-d affine and sinh-arcsinh layers",
                        "Dinh et al. 2017, eq. 7-8", options("8", LOG_SCALE), Flows::realNvp),
                new FlowFamily("maf", "affine autoregressive: each element scaled and shifted by those before it; density in one pass",
                        "Papamakarios et al. 2017", affine("5", "DENSITY"), Flows::maf),
                new FlowFamily("iaf", "affine autoregressive, as maf the other way round: draws in one pass", "Kingma et al. 2016",
                        affine("5", "DRAWS"), Flows::iaf),
                new FlowFamily("fullRank", "normal distribution with any covariance", "", List.of(), Flows::fullRank),
                new FlowFamily("diagonal", "normal distribution with independent elements, known as mean field", "", List.of(),
                        Flows::diagonal),
                new FlowFamily("lowRank", "normal distribution with a low-rank-plus-diagonal covariance", "Ong et al. 2018",
                        List.of(new Option("rank", "8", "at least 1")), Flows::lowRank),
                new FlowFamily("nice", "additive couplings: one half shifts the other, by turns; then a scale of each element, in 1-d it alone",
                        "Dinh et al. 2015", options("8"), Flows::nice),
                new FlowFamily("splineCoupling", "neural splines: one half gives rational-quadratic splines of the other, by turns; in 1-d free splines",
                        "Durkan et al. 2019", options("6", BINS, BOUND), Flows::splineCoupling),
                new FlowFamily("splineAutoregressive", "neural splines: each element through a rational-quadratic spline that those before it give",
                        "Durkan et al. 2019", options("3", BINS, BOUND, CHEAP), Flows::splineAutoregressive),
                new FlowFamily("heavyTails", "independent elements with tails as heavy as Student's t, or lighter; alone, or last in a chain",
                        "Goerg 2015; Hickling and Prangle 2024", List.of(), Flows::heavyTails),
                transformed("naf", "neural autoregressive: each element through a mixture of sigmoids that those before it give",
                        "Huang et al. 2018", "deep sigmoidal, 8 units", Flows::naf),
                transformed("umnn", "unconstrained monotonic: each element through the integral of a positive network that those before it give",
                        "Wehenkel and Louppe 2019", "unconstrained monotonic, 8 units within +-5.0", Flows::umnn),
                transformed("sos", "polynomials: each element through a sum-of-squares polynomial that those before it give",
                        "Jaini et al. 2019", "sum of squares, 2 polynomials of degree 4 within +-5.0", Flows::sos),
                transformed("bernstein", "polynomials: each element through a Bernstein polynomial that those before it give",
                        "Ramasinghe et al. 2021", "Bernstein, degree 16 within +-5.0", Flows::bernstein),
                new FlowFamily("bnaf", "block neural autoregressive: one network, increasing in each element, given those before it",
                        "De Cao et al. 2019",
                        List.of(layers("3"), new Option("hidden", "[8]", "at least one, each at least 1; units for each element"), CHEAP),
                        Flows::bnaf),
                new FlowFamily("planar", "planar maps: each bends space once, along a hyperplane, so it takes many",
                        "Rezende and Mohamed 2015, section 4", List.of(layers("32"), HIDDEN_OF_CONTEXT, CHEAP), Flows::planar),
                new FlowFamily("radial", "radial maps: each pulls space towards a centre or pushes it away",
                        "Rezende and Mohamed 2015, section 4", List.of(layers("16"), HIDDEN_OF_CONTEXT), Flows::radial),
                new FlowFamily("sylvester", "Sylvester maps: planar ones that bend space along many hyperplanes at once",
                        "van den Berg et al. 2018",
                        List.of(layers("16"), new Option("width", "16", "at least 1; at most d are used"),
                                new Option("basis", "ORTHOGONAL", "ORTHOGONAL or HOUSEHOLDER"), HIDDEN_OF_CONTEXT, CHEAP), Flows::sylvester),
                new FlowFamily("triangularSpline", "triangular splines: splines of each element and triangular matrices, by turns",
                        "Ward 2023, flowjax", List.of(layers("8"), HIDDEN_OF_CONTEXT, BINS, BOUND), Flows::triangularSpline),
                new FlowFamily("residual", "contractive residual maps: x + g(x) with networks g that shorten distances",
                        "Behrmann et al. 2019; Chen et al. 2019",
                        List.of(layers("16"), new Option("hidden", "[32]", "each at least 1"),
                                new Option("lipschitz", "0.9", "more than 0 and less than 1"), CHEAP), Flows::residual),
                new FlowFamily("mixture", "mixture of flows: parts that are flows, RealNVPs by default, with shares; for densities with several parts",
                        "", List.of(new Option("components", "3", "at least 1"),
                                new Option("flow", "RealNvp[layers=4, hidden=[32, 32], logScaleBound=3.0]", "any flow")), Flows::mixture),
                new FlowFamily("ffjord", "continuous, or neural ODE: draws move for a time with the velocity a network gives",
                        "Grathwohl et al. 2019",
                        List.of(new Option("hidden", "[32, 32]", "1 or 2 widths, each at least 1"),
                                new Option("tolerance", "1.0E-8", "from 1e-13 to 0.01"), new Option("mostSteps", "250", "from 1 to 10000")),
                        Flows::ffjord));
    }

    private static Option layers(String standard) {
        return new Option("layers", standard, "at least 1");
    }

    /** Layers and widths of networks, and what else there is. */
    private static List<Option> options(String layers, Option... others) {
        return Stream.concat(Stream.of(layers(layers), HIDDEN), Arrays.stream(others)).toList();
    }

    private static List<Option> affine(String layers, String cheap) {
        return options(layers, LOG_SCALE, new Option("cheap", cheap, "DRAWS or DENSITY"));
    }

    private static FlowFamily transformed(String name, String description, String source, String transformer, Supplier<FlowSpec> spec) {
        return new FlowFamily(name, description, source, options("3", new Option("transformer", transformer, "any transformer"), CHEAP), spec);
    }
}
