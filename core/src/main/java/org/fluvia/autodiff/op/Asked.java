package org.fluvia.autodiff.op;

import java.util.function.DoublePredicate;
import org.jspecify.annotations.Nullable;

/**
 * Who answers on this thread what is asked of shared values, while a model is recorded with data as inputs, or a check of such a model
 * is made again. Where there is no one, values are those that inputs were declared with.
 *
 * @param <X> the expressions that are recorded
 */
public abstract class Asked<X> {
    private static final ThreadLocal<@Nullable Asked<?>> CURRENT = new ThreadLocal<>();

    /** The elements, row-major. */
    public abstract double[] values(X shared);

    /** Whether all elements are such. */
    public abstract boolean all(X shared, DoublePredicate predicate);

    /** Makes a check, which throws what is wrong with the values that it asks for. */
    public abstract void check(Runnable check);

    /** Whether a value is made of data that are inputs. */
    public abstract boolean mayChange(X shared);

    /** Who answers on this thread; null if there is no one. */
    @SuppressWarnings("unchecked") // there is one kind of expressions
    public static <X> @Nullable Asked<X> current() {
        return (Asked<X>) CURRENT.get();
    }

    /** Runs the work on this thread with someone to answer. */
    public static void during(Runnable work, Asked<?> answers) {
        Asked<?> before = CURRENT.get();
        CURRENT.set(answers);
        try {
            work.run();
        } finally {
            CURRENT.set(before);
        }
    }
}
