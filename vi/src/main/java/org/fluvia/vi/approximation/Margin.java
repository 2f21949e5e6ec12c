package org.fluvia.vi.approximation;

import org.fluvia.kernel.special.NormalFunctions;
import org.jspecify.annotations.Nullable;

/**
 * A distribution of one element, as the increasing map w of a standard normal u: a rational quadratic between knots at even distances
 * (Gregory and Delbourgo 1982), a straight line beyond the last. Immutable.
 *
 * @param values w at the knots, strictly increasing; not modified
 * @param slopes dw/du there, positive; not modified
 */
public record Margin(double[] values, double[] slopes) {
    /** Bins; even, so that zero is a knot. */
    static final int BINS = 56;
    /** The last knot: the normal distribution has 1e-12 of its mass beyond. */
    static final double LAST = 7;
    static final double WIDTH = 2 * LAST / BINS;

    /** A knot; the standard normal u. */
    static double knot(int k) {
        return -LAST + k * WIDTH;
    }

    /** The knots and the places halfway between, in order: where a density is asked for. */
    public static double[] nodes() {
        double[] nodes = new double[2 * BINS + 1];
        for (int k = 0; k < nodes.length; k++) nodes[k] = -LAST + k * WIDTH / 2;
        return nodes;
    }

    /** The normal distribution itself. */
    public static Margin normal() {
        return heavyTailed(0);
    }

    /** Of u exp(tail u^2 / 2), which has tails as those of a Student t with 1 / tail degrees of freedom (Goerg 2015). */
    public static Margin heavyTailed(double tail) {
        double[] values = new double[BINS + 1];
        double[] slopes = new double[BINS + 1];
        for (int k = 0; k <= BINS; k++) {
            double u = knot(k);
            slopes[k] = StrictMath.exp(0.5 * tail * u * u);
            values[k] = u * slopes[k];
            slopes[k] *= 1 + tail * u * u;
        }
        return new Margin(values, slopes);
    }

    private static int bin(double u) {
        return (int) Math.max(0, Math.min(BINS - 1, (u + LAST) / WIDTH));
    }

    /** w(u). */
    public double value(double u) {
        double place = Math.max(-LAST, Math.min(LAST, u));
        int k = bin(u);
        double a = (place - knot(k)) / WIDTH;
        double s = (values[k + 1] - values[k]) / WIDTH;
        double both = a * (1 - a);
        double within = (values[k + 1] - values[k]) * (s * a * a + slopes[k] * both)
                / (s + (slopes[k] + slopes[k + 1] - 2 * s) * both);
        return values[k] + within + (u == place ? 0 : (u - place) * StrictMath.exp(logSlope(u)));
    }

    /** log dw/du. */
    public double logSlope(double u) {
        int k = bin(u);
        double a = Math.max(0, Math.min(1, (u - knot(k)) / WIDTH));
        double s = (values[k + 1] - values[k]) / WIDTH;
        double both = a * (1 - a);
        double d = 1 + ((slopes[k] - s) + (slopes[k + 1] - s)) / s * both;
        return StrictMath.log((slopes[k + 1] * a * a + 2 * s * both + slopes[k] * (1 - a) * (1 - a)) / (d * d));
    }

    /**
     * The distribution with a given density.
     *
     * @param nodes values of u, increasing, where the density is known; two of one value are the sides of a jump
     * @param logRatios log f(w(u)) + log dw/du - log phi(u), but for a constant, at the nodes: the log of the density of u over the normal
     *     one; minus infinity where the density is zero. Between nodes it is taken as linear in Phi(u), beyond the last as constant
     * @return null if it is no distribution that doubles can tell apart at the knots
     */
    public @Nullable Margin withDensity(double[] nodes, double[] logRatios) {
        Reweighted changed = new Reweighted(nodes, logRatios);
        double[] newValues = new double[BINS + 1];
        double[] newSlopes = new double[BINS + 1];
        for (int k = 0; k <= BINS; k++) {
            double v = knot(k);
            double u = changed.quantile(v);
            newValues[k] = value(u);
            newSlopes[k] = StrictMath.exp(logSlope(u) - changed.logDensityRatio(u, v));
            boolean isIncreasing = k == 0 || newValues[k] > newValues[k - 1];
            if (!isIncreasing || !(newSlopes[k] > 0) || !Double.isFinite(newSlopes[k]) || !Double.isFinite(newValues[k])) return null;
        }
        return new Margin(newValues, newSlopes);
    }

    /** The normal distribution with its density multiplied by exp of a function that is linear, between nodes, in Phi. */
    private static final class Reweighted {
        private final double[] below;
        private final double[] above;
        private final double[] r;
        private final double[] fromLeft;
        private final double[] fromRight;
        private final double total;

        Reweighted(double[] nodes, double[] logRatios) {
            int n = nodes.length + 2;
            r = new double[n];
            below = new double[n];
            above = new double[n];
            double top = Double.NEGATIVE_INFINITY;
            for (int k = 0; k < nodes.length; k++) top = Math.max(top, logRatios[k] - 0.5 * nodes[k] * nodes[k]);
            for (int k = 0; k < n; k++) {
                int node = Math.max(0, Math.min(nodes.length - 1, k - 1));
                r[k] = logRatios[node] - top;
                below[k] = k == 0 ? 0 : k == n - 1 ? 1 : NormalFunctions.normalCdf(nodes[node]);
                above[k] = k == 0 ? 1 : k == n - 1 ? 0 : NormalFunctions.normalCdf(-nodes[node]);
            }
            fromLeft = new double[n];
            fromRight = new double[n];
            for (int k = 1; k < n; k++) fromLeft[k] = fromLeft[k - 1] + mass(k - 1);
            for (int k = n - 2; k >= 0; k--) fromRight[k] = fromRight[k + 1] + mass(k);
            total = fromLeft[n - 1];
        }

        /** The normal probability of a cell, the difference of what is small. */
        private double width(int k) {
            return below[k] < 0.5 ? below[k + 1] - below[k] : above[k] - above[k + 1];
        }

        private double mass(int k) {
            double high = Math.max(r[k], r[k + 1]);
            double fall = Math.abs(r[k + 1] - r[k]);
            if (!(fall < Double.POSITIVE_INFINITY)) return 0;
            return width(k) * StrictMath.exp(high) * (fall < 1e-8 ? 1 - 0.5 * fall : -StrictMath.expm1(-fall) / fall);
        }

        /** The u below which there is as much as the normal distribution has below v. */
        double quantile(double v) {
            int n = r.length;
            boolean isLeft = v <= 0;
            double wanted = total * NormalFunctions.normalCdf(isLeft ? v : -v);
            int k = isLeft ? 0 : n - 2;
            if (isLeft) {
                while (k < n - 2 && fromLeft[k + 1] < wanted) k++;
            } else {
                while (k > 0 && fromRight[k] < wanted) k--;
            }
            double share = Math.max(0, Math.min(1, (wanted - (isLeft ? fromLeft[k] : fromRight[k + 1])) / mass(k)));
            double part = part(share, isLeft ? r[k + 1] - r[k] : r[k] - r[k + 1]);
            if (below[k] < 0.5) return NormalFunctions.normalQuantile(isLeft ? below[k] + part * width(k) : below[k + 1] - part * width(k));
            return -NormalFunctions.normalQuantile(isLeft ? above[k] - part * width(k) : above[k + 1] + part * width(k));
        }

        /** The x in (0, 1) below which a density exp(rise x) has a share of its mass. */
        private static double part(double share, double rise) {
            if (Math.abs(rise) < 1e-8) return share;
            double x = rise > 30 ? 1 + StrictMath.log(share + (1 - share) * StrictMath.exp(-rise)) / rise
                    : StrictMath.log1p(share * StrictMath.expm1(rise)) / rise;
            return Math.max(0, Math.min(1, x));
        }

        /** log dv/du at a pair of them. */
        double logDensityRatio(double u, double v) {
            double lower = NormalFunctions.normalCdf(u);
            double upper = NormalFunctions.normalCdf(-u);
            int k = 0;
            while (k < r.length - 2 && (u < 0 ? below[k + 1] < lower : above[k + 1] > upper)) k++;
            double part = width(k) > 0 ? (below[k] < 0.5 ? lower - below[k] : above[k] - upper) / width(k) : 0;
            double there = r[k] == r[k + 1] ? r[k] : r[k] + Math.max(0, Math.min(1, part)) * (r[k + 1] - r[k]);
            return there - StrictMath.log(total) + 0.5 * (v * v - u * u);
        }
    }
}
