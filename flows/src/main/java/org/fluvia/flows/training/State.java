package org.fluvia.flows.training;

/**
 * The state of work under way, as numbers. What has a state passes all of it, always in the same order: by the same calls it is noted, or another
 * one is put back, as it was noted earlier in this process or in one before.
 */
public interface State {
    /** What to go on with: the number itself where the state is noted. */
    double number(double now);

    /** What to go on with: the number itself where the state is noted. */
    default int whole(int now) {
        return (int) number(now);
    }

    /** What to go on with: the truth itself where the state is noted. */
    default boolean flag(boolean now) {
        return whole(now ? 1 : 0) == 1;
    }

    /** What to go on with, in the same array: left alone where the state is noted, else overwritten. */
    default void numbers(double[] now) {
        for (int i = 0; i < now.length; i++) now[i] = number(now[i]);
    }
}
