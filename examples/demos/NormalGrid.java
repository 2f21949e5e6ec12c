package demos;

/**
 * Normal distributions on a grid, whose number i is the cell [i, i + 1) times {@link #CELL}. The distribution function is a table, linear between
 * its knots, so that it has the same bits wherever it is evaluated.
 */
final class NormalGrid {
    static final double CELL = 0x1p-13;
    private static final int REACH = 8;
    /** Values that are standard normal by construction are in the cells from LOW to HIGH - 1. */
    static final long HIGH = (long) (REACH / CELL);
    static final long LOW = -HIGH;
    /** Values that would be, if all data were as those learned from, are in the cells from -FAR to FAR - 1. */
    private static final long FAR = 4 * HIGH;
    private static final int KNOTS_PER_SD = 256;
    private static final double[] TABLE = table();

    private NormalGrid() {}

    /** The standard normal distribution, far out as well: there each cell has 2^-30. */
    static Symbols standard() {
        return standard(-FAR, FAR);
    }

    /** The standard normal distribution of the cells from low to high - 1. */
    static Symbols standard(long low, long high) {
        return Symbols.of(low, high, i -> cdf(i * CELL));
    }

    /** A normal distribution of the cells from LOW to HIGH - 1. */
    static Symbols around(double mean, double sd) {
        return Symbols.of(LOW, HIGH, i -> cdf((i * CELL - mean) / sd));
    }

    /** A normal distribution of the cells from -FAR to FAR - 1 that are no further from the mean than so many deviations, or the nearest there is. */
    static Symbols near(double mean, double sd, double deviations) {
        long middle = Math.max(-FAR, Math.min(FAR - 1, Math.round(mean / CELL)));
        long reach = (long) Math.min(FAR, deviations * sd / CELL) + 1;
        return Symbols.of(Math.max(-FAR, middle - reach), Math.min(FAR, middle + reach), i -> cdf((i * CELL - mean) / sd));
    }

    /** The middle of a cell. */
    static double value(long i) {
        return (i + 0.5) * CELL;
    }

    /** The first cell that begins at this probability or above. */
    static long quantile(double p) {
        long from = LOW;
        long to = HIGH;
        while (from < to) {
            long middle = (from + to) >> 1;
            if (cdf(middle * CELL) < p) from = middle + 1;
            else to = middle;
        }
        return from;
    }

    /** The normal distribution function to 1e-6; 0 for NaN. It does not decrease. */
    static double cdf(double x) {
        double at = (x + REACH) * KNOTS_PER_SD;
        if (!(at > 0)) return 0;
        if (at >= TABLE.length - 1) return 1;
        int knot = (int) at;
        return TABLE[knot] + (at - knot) * (TABLE[knot + 1] - TABLE[knot]);
    }

    /** Sums of the density at midpoints, in whole numbers of 2^-50: differences are exact, so that what lies between knots keeps its order. */
    private static double[] table() {
        double[] sums = new double[2 * REACH * KNOTS_PER_SD + 1];
        for (int i = 0; i + 1 < sums.length; i++) {
            double x = (i + 0.5) / KNOTS_PER_SD - REACH;
            sums[i + 1] = sums[i] + StrictMath.exp(-0.5 * x * x);
        }
        double all = sums[sums.length - 1];
        for (int i = 0; i < sums.length; i++) sums[i] = StrictMath.rint(sums[i] / all * 0x1p50) * 0x1p-50;
        return sums;
    }
}
