package org.fluvia.vi;

/** An option of a fit has a value that it cannot have: "fit: draws must be at least 1, but was 0". */
public final class OptionException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final String option;
    private final String problem;

    OptionException(String option, String problem) {
        super("fit: " + option + " " + problem);
        this.option = option;
        this.problem = problem;
    }

    /** The option's name: that of the method of {@link Fit}. */
    public String option() {
        return option;
    }

    /** What is wrong with the value, "must be at least 1, but was 0". */
    public String problem() {
        return problem;
    }
}
