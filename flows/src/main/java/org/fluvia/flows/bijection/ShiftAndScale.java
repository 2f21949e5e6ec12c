package org.fluvia.flows.bijection;

import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Functions;
import org.fluvia.autodiff.Shape;
import org.fluvia.flows.check.Dimensions;

/** y = shift + exp(log scale) x, with a shift and a scale for each channel, whose elements lie side by side; set from moments of data. */
abstract sealed class ShiftAndScale implements Normalising permits ActNorm, BatchNorm {
    /** Data that vary less than this, relative to their mean, vary by rounding. */
    private static final double ROUNDING = 1e-12;

    private final String name;
    private final int channels;
    private final int positions;
    private final List<Expr> weights;
    private final Expr shift;
    private final Expr logScale;

    private final boolean followsData;

    /** @param followsData and so no gradient moves the weights */
    ShiftAndScale(String name, int channels, int positions, boolean followsData) {
        if (channels < 1 || positions < 1) {
            throw new IllegalArgumentException(name + ": channels and positions must be at least 1, but were " + channels + " and " + positions);
        }
        this.name = name;
        this.followsData = followsData;
        this.channels = channels;
        this.positions = positions;
        Expr shifts = Expr.shared("shift", Shape.of(channels), new double[channels]);
        Expr logScales = Expr.shared("log scale", Shape.of(channels), new double[channels]);
        weights = List.of(shifts, logScales);
        shift = followsData ? shifts.stopGradient() : shifts;
        logScale = followsData ? logScales.stopGradient() : logScales;
    }

    @Override
    public List<Expr> weights() {
        return weights;
    }

    @Override
    public int dimension() {
        return channels * positions;
    }

    @Override
    public Transformed forward(Expr x) {
        Dimensions.check(this, ".forward: x", dimension(), x);
        return new Transformed(x.times(each(logScale.exp())).plus(each(shift)), logScale.sum().times(positions));
    }

    @Override
    public Transformed inverse(Expr y) {
        Dimensions.check(this, ".inverse: y", dimension(), y);
        return new Transformed(y.minus(each(shift)).div(each(logScale.exp())), logScale.sum().times(-positions));
    }

    /** A number of each channel, for each of its elements. */
    private Expr each(Expr ofChannels) {
        return positions == 1 ? ofChannels : Functions.repeat(ofChannels, -1, positions).flatten();
    }

    @Override
    public void towards(double[] weights, double[] mean, double[] variance, boolean inverse, double share) {
        for (int c = 0; c < channels; c++) {
            double logScale = weights[channels + c];
            // the moments that the weights make 0 and 1
            double nowMean = inverse ? weights[c] : -weights[c] * StrictMath.exp(-logScale);
            double nowVariance = StrictMath.exp(inverse ? 2 * logScale : -2 * logScale);
            double m = mean(mean, c);
            double v = 0;
            for (int i = c * positions; i < (c + 1) * positions; i++) v += (variance[i] + (mean[i] - m) * (mean[i] - m)) / positions;
            if (Math.sqrt(v) <= ROUNDING * Math.abs(m)) v = 1;
            m = (1 - share) * nowMean + share * m;
            v = (1 - share) * nowVariance + share * v;
            double logSd = 0.5 * StrictMath.log(v);
            weights[c] = inverse ? m : -m * StrictMath.exp(-logSd);
            weights[channels + c] = inverse ? logSd : -logSd;
        }
    }

    private double mean(double[] mean, int channel) {
        double sum = 0;
        for (int i = channel * positions; i < (channel + 1) * positions; i++) sum += mean[i];
        return sum / positions;
    }

    @Override
    public boolean followsData() {
        return followsData;
    }

    @Override
    public List<Met> normalising(Expr given, boolean inverse) {
        return List.of(new Met(this, given, inverse));
    }

    @Override
    public String toString() {
        return name + (positions == 1 ? "(" + channels + ")" : "(" + channels + " x " + positions + ")");
    }
}
