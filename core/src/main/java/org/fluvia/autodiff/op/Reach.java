package org.fluvia.autodiff.op;

import java.util.Arrays;
import java.util.function.DoublePredicate;

/**
 * The intervals that the elements of a value run through from draw to draw: each element comes as close to both of its ends
 * as you like. Immutable.
 */
public final class Reach {
    private static final double FAR = 1e6;

    public final double[] low;
    public final double[] high;
    /** Whether the elements come to their ends in every combination, so that the ends of a sum are sums of ends. */
    public final boolean independent;

    public Reach(double[] low, double[] high, boolean independent) {
        this.low = low;
        this.high = high;
        this.independent = independent;
    }

    /** Elements that each run through the same interval, whatever the others do. */
    public static Reach of(double low, double high, int elements) {
        double[] lows = new double[elements];
        double[] highs = new double[elements];
        Arrays.fill(lows, low);
        Arrays.fill(highs, high);
        return new Reach(lows, highs, true);
    }

    /** Elements that each run through an interval of their own, whatever the others do. The arrays are copied. */
    public static Reach of(double[] low, double[] high) {
        return new Reach(low.clone(), high.clone(), true);
    }

    /** The same intervals, of elements that depend on one another. */
    public Reach dependent() {
        return new Reach(low, high, false);
    }

    /**
     * Whether a condition holds near both ends of every element's interval and in its middle. If not, some draws break it.
     */
    public boolean meets(DoublePredicate condition) {
        for (int i = 0; i < low.length; i++) {
            if (!(low[i] < high[i])) continue;
            double near = Double.isInfinite(low[i]) ? Math.min(-FAR, high[i] - FAR) : low[i];
            double far = Double.isInfinite(high[i]) ? Math.max(FAR, low[i] + FAR) : high[i];
            double step = (far - near) * 1e-9;
            if (!condition.test(near + step) || !condition.test(near + step * 4e8) || !condition.test(far - step)) return false;
        }
        return true;
    }

    /** The number of elements. */
    public int size() {
        return low.length;
    }

    /** The lower end of an element's interval. */
    public double low(int element) {
        return low[element];
    }

    /** The upper end of an element's interval. */
    public double high(int element) {
        return high[element];
    }
}
