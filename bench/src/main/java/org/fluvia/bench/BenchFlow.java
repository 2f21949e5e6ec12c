package org.fluvia.bench;

import java.util.Locale;
import org.fluvia.autodiff.Expr;
import org.fluvia.flows.AffineAutoregressive;
import org.fluvia.flows.Flow;
import org.fluvia.flows.FlowSpec;
import org.fluvia.flows.Flows;

/**
 * The flows whose steps are compared with the peers', which build them by these sizes: so many layers, networks of tanh units of the
 * same widths, log-scales within the same bound. The target is normal with mean 1 and standard deviation 2 in each element.
 */
public enum BenchFlow {
    /** Draws, and their densities. */
    REAL_NVP(6),
    /** The same by an autoregressive flow in its cheap direction. */
    IAF(3),
    /** The same by an autoregressive flow in its other direction. */
    MAF(3),
    /** Densities of data by an autoregressive flow, what it is for. */
    MAF_OF_DATA(3),
    /** Draws, and their densities, by couplings of splines of 8 bins on [-5, 5]; flowjax lets the slopes at the ends free. */
    SPLINE_COUPLING(4),
    /** Densities of data by such couplings. */
    SPLINE_COUPLING_OF_DATA(4),
    /** The same by one block neural network with 8 units for each element; as the libraries have it, which are not alike. */
    BNAF(1);

    public static final int HIDDEN = 64;
    public static final double BOUND = 2;
    public static final int BINS = 8;
    public static final double BOX = 5;
    public static final int BLOCK = 8;
    private static final long SEED = 1;

    private final int layers;

    BenchFlow(int layers) {
        this.layers = layers;
    }

    /** The name by which the peers know it. */
    public String program() {
        return name().toLowerCase(Locale.ROOT);
    }

    public int layers() {
        return layers;
    }

    /** The flow for so many dimensions. */
    public Flow flow(int dimension) {
        return spec().build(dimension, SEED);
    }

    /** The recipe of it. */
    public FlowSpec spec() {
        return switch (this) {
            case REAL_NVP -> Flows.realNvp().layers(layers).hidden(HIDDEN, HIDDEN).logScaleBound(BOUND);
            case IAF -> sized(Flows.iaf());
            case MAF, MAF_OF_DATA -> sized(Flows.maf());
            case SPLINE_COUPLING, SPLINE_COUPLING_OF_DATA -> Flows.splineCoupling().layers(layers).hidden(HIDDEN, HIDDEN).bins(BINS).bound(BOX);
            case BNAF -> Flows.bnaf().layers(layers).hidden(BLOCK);
        };
    }

    private FlowSpec sized(AffineAutoregressive flow) {
        return flow.layers(layers).hidden(HIDDEN, HIDDEN).logScaleBound(BOUND);
    }

    /** Of a draw: log q - log p, or - log q of data that are drawn from the target. */
    public Expr loss(Flow flow, Expr noise) {
        if (this == MAF_OF_DATA || this == SPLINE_COUPLING_OF_DATA) return flow.logDensity(noise.times(2).plus(1)).unaryMinus();
        Flow.Draw draw = flow.sample(noise);
        return draw.logDensity().minus(draw.value().minus(1).div(2).square().sum().times(-0.5));
    }
}
