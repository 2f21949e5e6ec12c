package org.fluvia.autodiff.op;

import java.util.List;
import java.util.function.Consumer;

/**
 * Records a recurrence as one operation. Loops stand above the recorder, since they are made of what it records; it knows them by
 * this interface alone, and finds them as a service.
 *
 * @param <X> the expressions that are recorded
 * @param <B> the body of a recurrence, one step
 */
public interface Recurrences<X, B> {

    /**
     * The initial state and the states after each step, one a row, and then for each thing emitted its rows, one a step.
     *
     * @param initial the parts of the state before the first step
     * @param inputs of which a step sees a row
     * @param emitted is given, for each thing emitted, a symbol like it
     */
    X record(int steps, List<X> initial, List<X> inputs, B body, Consumer<X> emitted);

    /**
     * The state after steps without inputs that end once the last part of the state is 0 in every draw, at most so many. It has no
     * derivative.
     *
     * @param initial the parts of the state before the first step
     */
    X search(int most, List<X> initial, B body);
}
