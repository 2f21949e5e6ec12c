package org.fluvia.bench.score;

/** What became of a fit. */
enum Outcome {
    TRUSTED_AND_RIGHT("right"),
    TRUSTED_WITHIN_NOISE("right but for the noise of its draws"),
    TRUSTED_AND_WRONG("**trusted and wrong**"),
    REFUSED_THOUGH_RIGHT("refused though right"),
    REFUSED("refused"),
    /** There was no posterior, or the fit was not to be trusted unless it is right. */
    RIGHTLY_REFUSED("rightly refused"),
    CRASHED("**crashed**");

    final String words;

    Outcome(String words) {
        this.words = words;
    }

    static Outcome of(boolean isTrusted, Score.Right right, Target.Due due) {
        if (isTrusted) {
            return switch (right) {
                case YES -> TRUSTED_AND_RIGHT;
                case WITHIN_NOISE -> TRUSTED_WITHIN_NOISE;
                case NO -> TRUSTED_AND_WRONG;
            };
        }
        if (due != Target.Due.ANSWER) return RIGHTLY_REFUSED;
        return right == Score.Right.NO ? REFUSED : REFUSED_THOUGH_RIGHT;
    }
}
