package org.fluvia.dist;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.SharedValues;
import org.fluvia.autodiff.Shape;

/** The axes of values whose last ones make an event. */
final class Events {
    /** Of a longer vector a message shows so many elements. */
    private static final int SHOWN = 6;

    private Events() {}

    /** The axes before the event's. */
    static Shape leading(Shape value, int eventRank) {
        return Shape.of(Arrays.copyOf(value.dims(), value.rank() - eventRank));
    }

    /** The axes of one event. */
    static Shape event(Shape value, int eventRank) {
        return Shape.of(Arrays.copyOfRange(value.dims(), value.rank() - eventRank, value.rank()));
    }

    /** {@link Distribution#misfit}. */
    static Optional<String> misfit(Distribution d, Shape value) {
        int rank = d.eventRank();
        Shape fixed = d.shape();
        boolean fits;
        if (value.rank() < rank) {
            fits = false;
        } else if (fixed.rank() < rank) {
            fits = rank < 2 || value.dim(value.rank() - 1) == value.dim(value.rank() - 2);
        } else if (fixed.rank() == rank) {
            fits = event(value, rank).equals(fixed);
        } else {
            fits = fixed.equals(value) || value.isScalar();
        }
        if (fits) return Optional.empty();
        if (fixed.rank() < rank) {
            return Optional.of("an event of " + d.name() + " is " + (rank == 1 ? "a vector" : "a square matrix"));
        }
        return Optional.of((fixed.rank() == rank ? "an event of " : "") + d.name() + " has shape " + fixed);
    }

    /**
     * An element or event and its value, for messages: "y[3] = -1", "theta[2] = (0.5, 0.6)".
     *
     * @param events the shape of the array of events, the value's leading axes
     */
    static String text(Expr value, Shape events, int index) {
        double[] all = SharedValues.of(value);
        int size = events.size() == 0 ? 0 : Math.max(1, all.length / events.size());
        int at = all.length == 1 ? 0 : index;
        String name = value.name() == null ? "the value" : value.name();
        String label = Element.label(name, all.length == 1 ? value.shape() : events, at);
        double[] event = Arrays.copyOfRange(all, at * size, (at + 1) * size);
        if (value.shape().rank() <= events.rank()) return label + " = " + Element.text(event[0]);
        String elements = Arrays.stream(event).limit(SHOWN).mapToObj(Element::text).collect(Collectors.joining(", "));
        return label + " = (" + elements + (size > SHOWN ? ", ..." : "") + ")";
    }
}
