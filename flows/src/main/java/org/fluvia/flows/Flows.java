package org.fluvia.flows;

import java.util.List;
import org.fluvia.catalogue.Catalogue;
import org.fluvia.flows.residual.Sylvester;
import org.fluvia.flows.transformer.Bernstein;
import org.fluvia.flows.transformer.DeepSigmoidal;
import org.fluvia.flows.transformer.SumOfSquares;
import org.fluvia.flows.transformer.UnconstrainedMonotonic;

/** The catalogue of flows. */
public final class Flows {
    private static final Catalogue<FlowFamily> TABLE = Catalogue.of("flow", FlowRows.all());

    private Flows() {}

    /** All of them, each with its defaults. */
    public static Catalogue<FlowFamily> table() {
        return TABLE;
    }

    /**
     * RealNVP with 8 coupling layers, networks with hidden layers of 32 and 32, and log-scales within +-3 a layer: a bound of 1
     * leaves a ten-dimensional funnel two to three times as far from its target as 3 does.
     */
    public static RealNvp realNvp() {
        return new RealNvp(8, List.of(32, 32), 3);
    }

    /** A masked autoregressive flow with 5 layers, whose density takes one pass. */
    public static AffineAutoregressive maf() {
        return new AffineAutoregressive(5, List.of(32, 32), 3, FlowSpec.Use.DENSITY);
    }

    /** An inverse autoregressive flow with 5 layers, whose draws take one pass. */
    public static AffineAutoregressive iaf() {
        return new AffineAutoregressive(5, List.of(32, 32), 3, FlowSpec.Use.DRAWS);
    }

    /**
     * Glow for images of this shape, and for no other vectors: with as many levels as the shape allows, but 3 at most, 8 steps in each and
     * networks with hidden layers of 32 and 32 channels. It is not in the table, as a name does not say the shape.
     */
    public static Glow glow(int channels, int height, int width) {
        return Glow.of(channels, height, width);
    }

    /** A mixture of three RealNVPs, with 4 couplings each. */
    public static Mixture mixture() {
        return new Mixture(3, realNvp().layers(4));
    }

    /** A neural autoregressive flow: 3 layers of 8 sigmoids for each element. */
    public static MonotoneAutoregressive naf() {
        return new MonotoneAutoregressive(3, List.of(32, 32), new DeepSigmoidal(8), null);
    }

    /** An unconstrained monotonic neural network in each of 3 autoregressive layers. */
    public static MonotoneAutoregressive umnn() {
        return new MonotoneAutoregressive(3, List.of(32, 32), new UnconstrainedMonotonic(8, 5), null);
    }

    /** A sum-of-squares polynomial flow: polynomials of degree 9 in each of 3 autoregressive layers. */
    public static MonotoneAutoregressive sos() {
        return new MonotoneAutoregressive(3, List.of(32, 32), new SumOfSquares(2, 4, 5), null);
    }

    /** Bernstein polynomials of degree 16 in each of 3 autoregressive layers. */
    public static MonotoneAutoregressive bernstein() {
        return new MonotoneAutoregressive(3, List.of(32, 32), new Bernstein(16, 5), null);
    }

    /** A block neural autoregressive flow: 3 networks with 8 units for each element. */
    public static BlockNeuralAutoregressive bnaf() {
        return new BlockNeuralAutoregressive(3, List.of(8), null);
    }

    /** A normal distribution with any covariance. */
    public static FlowSpec fullRank() {
        return Gaussian.FULL_RANK;
    }

    /** A normal distribution with independent elements, known as mean field. */
    public static FlowSpec diagonal() {
        return Gaussian.DIAGONAL;
    }

    /** A normal distribution with a covariance of rank 8 plus a diagonal: any covariance for up to nine elements. */
    public static LowRank lowRank() {
        return new LowRank(8);
    }

    /** A planar flow with 32 maps. */
    public static PlanarFlow planar() {
        return new PlanarFlow(32, List.of(32, 32), null);
    }

    /** A radial flow with 16 maps. */
    public static RadialFlow radial() {
        return new RadialFlow(16, List.of(32, 32));
    }

    /** A Sylvester flow with 16 maps of up to 16 bends. */
    public static SylvesterFlow sylvester() {
        return new SylvesterFlow(16, 16, Sylvester.Basis.ORTHOGONAL, List.of(32, 32), null);
    }

    /** A triangular spline flow with 8 layers, of splines with 8 bins on [-5, 5]. */
    public static TriangularSpline triangularSpline() {
        return new TriangularSpline(8, List.of(32, 32), 8, 5);
    }

    /**
     * A contractive residual flow with 16 maps, whose networks, of one hidden layer, shorten distances to 0.9 or less. Each further layer
     * takes from what a network can do under that bound: half as many maps with two hidden layers take twice the time to come less far.
     */
    public static ResidualFlow residual() {
        return new ResidualFlow(16, List.of(32), 0.9, null);
    }

    /** A continuous flow with a network of hidden layers of 32 and 32, solved to 1e-8 in at most 250 steps. */
    public static Ffjord ffjord() {
        return new Ffjord(List.of(32, 32), 1e-8, 250);
    }

    /** Additive couplings, eight of them. */
    public static Nice nice() {
        return new Nice(8, List.of(32, 32));
    }

    /** Six couplings by splines of 8 bins on [-5, 5]: data that are scaled to unit variance leave a box of 3 too often. */
    public static SplineCoupling splineCoupling() {
        return new SplineCoupling(6, List.of(32, 32), 8, 5);
    }

    /** Three autoregressive layers of splines of 8 bins on [-5, 5], turned the way round that its use makes cheap. */
    public static SplineAutoregressive splineAutoregressive() {
        return new SplineAutoregressive(3, List.of(32, 32), 8, 5, null);
    }

    /**
     * Independent elements with a tail weight on either side, a scale and a shift; linear in the context where there is one. For a
     * target with dependence and heavy tails it comes last: {@code Flows.realNvp().then(Flows.heavyTails())}.
     */
    public static FlowSpec heavyTails() {
        return new HeavyTails();
    }

}
