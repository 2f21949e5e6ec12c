package org.fluvia.dist;

/** What a distribution demands of a parameter. Infinite and missing values meet none but {@link #NUMBER}. */
public enum Constraint {
    /** Not NaN: a bound, which may be infinite. */
    NUMBER("be a number"),
    FINITE("be finite"),
    POSITIVE("be positive and finite"),
    NOT_NEGATIVE("be finite and not negative"),
    PROPORTION("be from 0 to 1"),
    OPEN_PROPORTION("be above 0 and below 1"),
    POSITIVE_PROPORTION("be above 0 and at most 1"),
    WHOLE("be a whole number"),
    COUNT("be a whole number from 0"),
    /** Above what another parameter says: a lower bound, or the size of a matrix. */
    ABOVE("be above what another parameter says"),
    /** Another parameter or more. */
    AT_LEAST("be at least what another parameter says"),
    /** Vectors: elements from 0 to 1 that add up to 1. */
    SIMPLEX("be a simplex"),
    /** Vectors: each element above the one before. */
    INCREASING("be in increasing order"),
    /** Matrices: symmetric, with a Cholesky factor. */
    POSITIVE_DEFINITE("be symmetric and positive definite"),
    /** Matrices: a positive diagonal, and numbers below it. */
    CHOLESKY_FACTOR("be a Cholesky factor");

    private final String words;

    Constraint(String words) {
        this.words = words;
    }

    /** In words that follow "must": "be positive and finite". */
    public String words() {
        return words;
    }

    /** Whether a number meets it, as far as that can be said of one number by itself. */
    public boolean isMetBy(double value) {
        boolean finite = Math.abs(value) <= Double.MAX_VALUE;
        return switch (this) {
            case NUMBER -> !Double.isNaN(value);
            case FINITE, ABOVE, AT_LEAST, INCREASING, POSITIVE_DEFINITE, CHOLESKY_FACTOR -> finite;
            case POSITIVE -> value > 0 && finite;
            case NOT_NEGATIVE -> value >= 0 && finite;
            case PROPORTION, SIMPLEX -> value >= 0 && value <= 1;
            case OPEN_PROPORTION -> value > 0 && value < 1;
            case POSITIVE_PROPORTION -> value > 0 && value <= 1;
            case WHOLE -> finite && value == Math.rint(value);
            case COUNT -> value >= 0 && finite && value == Math.rint(value);
        };
    }
}
