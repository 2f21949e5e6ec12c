package org.fluvia.bench.score;

/**
 * A fit held against what is known.
 *
 * @param right whether it is right
 * @param mean the worst error of a mean, in sds
 * @param sd the worst error of an sd, per cent
 * @param quantile the worst error of a 5 or 95 % quantile, in sds
 * @param logEvidence the error of the log evidence, nats; NaN where it is not known
 * @param where the elements that are worst, "mean of x[3]"
 * @param tier gold, silver, bronze or none beside reference draws, empty elsewhere
 */
record Score(Right right, double mean, double sd, double quantile, double logEvidence, String where, String tier) {
    enum Right { YES, WITHIN_NOISE, NO }

    /** Of a model that has no posterior: whatever a fit says of it is wrong. */
    static final Score OF_NOTHING = new Score(Right.NO, Double.NaN, Double.NaN, Double.NaN, Double.NaN, "", "");
}
