package org.fluvia.vi.judge;

/**
 * How much higher the ELBO of one approximation is than another's, and the noise of that.
 *
 * @param value in nats; NaN or infinite where one of them is
 * @param standardError of the difference
 */
public record Gain(double value, double standardError) {
    /** Of two approximations on draws of their own. */
    public static Gain onOwnDraws(Elbo one, Elbo other) {
        return new Gain(one.value() - other.value(), Math.hypot(one.standardError(), other.standardError()));
    }

    /** Of two approximations on draws made of the same noise: what it brings to both cancels in the pairs. */
    public static Gain onCommonDraws(Score one, Score other) {
        double mean = one.elbo().mean() - other.elbo().mean();
        double squares = 0;
        int n = 0;
        for (int i = 0; i < one.ratios().length; i++) {
            double difference = one.ratios()[i] - other.ratios()[i] - mean;
            if (Double.isFinite(difference)) {
                squares += difference * difference;
                n++;
            }
        }
        return new Gain(one.elbo().value() - other.elbo().value(), Math.sqrt(squares) / Math.max(1, n));
    }

    /** Whether it is a gain beyond so many standard errors. An infinite one is, whatever its noise. */
    public boolean isBeyond(double errors) {
        return Double.isFinite(value) ? value > errors * standardError : value > 0;
    }

    /** Whether it may be noise of so many standard errors, or nothing is known of it. */
    public boolean isWithin(double errors) {
        return Double.isNaN(value) || Math.abs(value) <= errors * standardError;
    }
}
