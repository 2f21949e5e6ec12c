package org.fluvia.dist;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Functions;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.SharedValues;
import org.fluvia.autodiff.Source;

/** Values whose last axes make an event, and whose leading axes count independent events. */
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

    /** Leading axes and those of an event. */
    static Shape join(Shape leading, Shape event) {
        int[] dims = Arrays.copyOf(leading.dims(), leading.rank() + event.rank());
        System.arraycopy(event.dims(), 0, dims, leading.rank(), event.rank());
        return Shape.of(dims);
    }

    /** {@link Distribution#misfit}. */
    static Optional<String> misfit(Distribution d, Shape value) {
        int rank = d.eventRank();
        Shape fixed = d.shape();
        String events = rank == 1 ? "a vector" : "a square matrix";
        if (fixed.rank() >= rank) {
            boolean scalar = value.isScalar() && rank == 0;
            boolean each = fixed.rank() == rank && value.rank() >= rank && event(value, rank).equals(fixed);
            if (scalar || each || fixed.equals(value)) return Optional.empty();
            return Optional.of((rank > 0 && fixed.rank() == rank ? "an event of " : "") + d.name() + " has shape " + fixed);
        }
        if (value.rank() < rank || rank == 2 && value.dim(value.rank() - 1) != value.dim(value.rank() - 2)) {
            return Optional.of("an event of " + d.name() + " is " + events);
        }
        Shape leading = d instanceof Multivariate m ? m.leading() : Shape.scalar();
        if (leading.isScalar() || leading.equals(leading(value, rank))) return Optional.empty();
        return Optional.of(d.name() + " has " + events + " for each of " + leading);
    }

    /** @throws IllegalArgumentException if a value of this distribution cannot have the shape */
    static void checkFits(Distribution d, Shape value) {
        misfit(d, value).ifPresent(problem -> {
            throw new IllegalArgumentException(d.name() + ": the value has shape " + value + ", but " + problem
                    + Source.suffix());
        });
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

    /** The length of the last axis; {@link Multivariate#OPEN} of a scalar. */
    static int size(Expr parameter) {
        Shape s = parameter.shape();
        return s.isScalar() ? Multivariate.OPEN : s.dim(s.rank() - 1);
    }

    /** The sum over the last axis. */
    static Expr sum(Expr x) {
        return x.shape().rank() == 1 ? x.sum() : Functions.sum(x, -1);
    }

    /** log(sum(exp(x))) over the last axis. */
    static Expr logSumExp(Expr x) {
        return x.shape().rank() == 1 ? x.logSumExp() : Functions.logSumExp(x, -1);
    }

    /** The sum over the last axis of x times a vector, or times one vector for each of x. */
    static Expr dot(Expr x, Expr y) {
        if (y.shape().isScalar()) return sum(x).times(y);
        if (x.shape().equals(y.shape())) return x.shape().rank() == 1 ? x.dot(y) : sum(x.times(y));
        Shape leading = leading(x.shape(), 1);
        if (x.isPerDraw()) return sum(x.times(repeat(y, 1, leading)));
        return x.reshape(Shape.of(leading.size(), y.shape().size())).matmul(y).reshape(leading);
    }

    /** One value of each event of an array: itself if it has leading axes, or is a scalar, or there is one event only. */
    static Expr repeat(Expr x, int rank, Shape leading) {
        if (x.shape().rank() != rank || rank == 0 || leading.isScalar()) return x;
        return Functions.repeat(x, 0, leading.size()).reshape(join(leading, x.shape()));
    }

    /**
     * The elements along the last axis moved to later places: element k of the result is element k - lag of x, and the
     * first ones are the value, a scalar or one for each event.
     */
    static Expr lagged(Expr x, int lag, Expr first) {
        Shape leading = leading(x.shape(), 1);
        int n = leading.size();
        int size = x.shape().dim(leading.rank());
        if (leading.isScalar() && lag < size) {
            return Expr.concat(first.plus(Expr.vector(new double[lag])), x.slice(0, size - lag));
        }
        double[] index = new double[n * size];
        for (int i = 0; i < index.length; i++) {
            int k = i % size;
            index[i] = k >= lag ? i - lag : n * size + (first.shape().isScalar() ? 0 : i / size);
        }
        return Expr.concat(x, first).get(Expr.vector(index)).reshape(x.shape());
    }

    /**
     * A log-density of events inside a support, minus infinity outside, NaN for NaN. The formula sees only values inside.
     * Compare {@link Terms#within}.
     *
     * @param contains 1 for each event inside, else 0
     * @param interior a value inside, of x's shape
     */
    static Expr within(Expr contains, Expr x, Expr interior, UnaryOperator<Expr> formula) {
        if (!contains.isPerDraw() && SharedValues.all(contains, c -> c == 1)) return formula.apply(x);
        int rank = x.shape().rank() - contains.shape().rank();
        Expr numbers = x.eq(x);
        for (int k = 0; k < rank; k++) numbers = sum(numbers);
        double size = event(x.shape(), rank).size();
        Expr outside = numbers.eq(size).times(Expr.of(1).minus(contains));
        Expr everywhere = spread(outside, x.shape());
        Expr density = formula.apply(Expr.where(everywhere, interior, x));
        Expr minusInfinity = Expr.of(Double.NEGATIVE_INFINITY);
        if (outside.isPerDraw()) return Expr.where(outside, minusInfinity, density);
        return density.plus(Expr.where(outside, minusInfinity, Expr.of(0)));
    }

    /** One number for each event, repeated for all its elements. */
    static Expr spread(Expr perEvent, Shape value) {
        if (perEvent.shape().isScalar()) return perEvent;
        int size = perEvent.shape().size() == 0 ? 1 : value.size() / perEvent.shape().size();
        return Functions.repeat(perEvent.flatten(), -1, size).reshape(value);
    }
}
