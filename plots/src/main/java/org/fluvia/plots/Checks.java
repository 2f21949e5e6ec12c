package org.fluvia.plots;

import org.jspecify.annotations.Nullable;

/** The checks of arguments that marks have in common. */
final class Checks {
    private Checks() {}

    /** The argument, which must not be null. */
    static <T> T present(String what, String argument, @Nullable T value) {
        if (value == null) throw new IllegalArgumentException(what + ": " + argument + " must not be null");
        return value;
    }

    /** A copy of values, of which there must be at least one, all of them finite. */
    static double[] finite(String what, String argument, double[] values) {
        double[] copy = some(what, argument, values);
        for (int i = 0; i < copy.length; i++) {
            if (!Double.isFinite(copy[i])) {
                throw new IllegalArgumentException(what + ": " + argument + " must be finite, but was " + copy[i] + " at index " + i
                        + ". Leave such values out, and say how many they were.");
            }
        }
        return copy;
    }

    /** A copy of values, of which there must be at least one. */
    static double[] some(String what, String argument, double[] values) {
        if (present(what, argument, values).length == 0) throw new IllegalArgumentException(what + ": " + argument + " must not be empty");
        return values.clone();
    }

    /** Two arguments, which must be of one length. */
    static void sameLength(String what, String one, int length, String other, int otherLength) {
        if (length != otherLength) {
            throw new IllegalArgumentException(what + ": " + one + " and " + other + " must be of the same length, but were of length " + length + " and "
                    + otherLength);
        }
    }

    /** A number of something, which must be this or more. */
    static int atLeast(String what, String argument, int least, int count) {
        if (count < least) throw new IllegalArgumentException(what + ": " + argument + " must be at least " + least + ", but was " + count);
        return count;
    }
}
