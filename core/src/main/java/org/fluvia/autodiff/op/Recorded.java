package org.fluvia.autodiff.op;

import java.util.List;

/**
 * A recorded value, an operation on others, as walks over programs and the compiler see it.
 *
 * @param <X> the type itself
 */
public interface Recorded<X extends Recorded<X>> {
    Op<X> op();

    X operand(int i);

    int operandCount();

    /** Operands have smaller numbers than the values that use them. */
    long number();

    /** The number of elements. */
    int size();

    boolean isPerDraw();

    /** Who recorded it, for messages. */
    Object source();

    /** The same operation, name and source on other operands of the same shapes. */
    X with(List<X> operands);
}
