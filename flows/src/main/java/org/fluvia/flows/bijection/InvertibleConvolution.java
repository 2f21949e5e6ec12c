package org.fluvia.flows.bijection;

import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Functions;
import org.fluvia.autodiff.Shape;
import org.fluvia.flows.check.Dimensions;

/**
 * y = shift + W x of the channels x at each position of an image: an invertible 1 x 1 convolution (Kingma and Dhariwal 2018, section 3.2).
 * log |det| = the number of positions times log |det W|, shared. An image is a vector of its channels one after the other.
 *
 * <p>For c channels a draw takes c^2 operations a position in either direction; see {@link LuAffine} for what is trained, and for numerics.
 */
public final class InvertibleConvolution implements Bijection {
    private final LuAffine channels;
    private final int positions;

    private InvertibleConvolution(LuAffine channels, int positions) {
        this.channels = channels;
        this.positions = positions;
    }

    /**
     * A map of the channels, at each of so many positions.
     *
     * @param positions at least 1
     */
    public static InvertibleConvolution of(LuAffine channels, int positions) {
        Dimensions.atLeast("InvertibleConvolution", "positions", 1, positions);
        return new InvertibleConvolution(Dimensions.present("InvertibleConvolution", "channels", channels), positions);
    }

    @Override
    public int dimension() {
        return channels.dimension() * positions;
    }

    @Override
    public List<Expr> weights() {
        return channels.weights();
    }

    @Override
    public Transformed forward(Expr x) {
        Dimensions.check(this, ".forward: x", dimension(), x);
        return new Transformed(channels.times(image(x)).plus(shift()).flatten(), channels.logDeterminant().times(positions));
    }

    @Override
    public Transformed inverse(Expr y) {
        Dimensions.check(this, ".inverse: y", dimension(), y);
        return new Transformed(channels.solve(image(y).minus(shift())).flatten(), channels.logDeterminant().times(-positions));
    }

    private Expr image(Expr x) {
        return x.reshape(Shape.of(channels.dimension(), positions));
    }

    private Expr shift() {
        return Functions.repeatColumns(channels.shift(), positions);
    }

    @Override
    public String toString() {
        return "InvertibleConvolution(" + channels.dimension() + " x " + positions + ")";
    }
}
