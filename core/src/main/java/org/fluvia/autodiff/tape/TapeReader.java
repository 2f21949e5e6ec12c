package org.fluvia.autodiff.tape;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.loop.LoopBody;
import org.fluvia.autodiff.op.Op;
import org.fluvia.file.Refused;
import org.fluvia.text.Shown;

/**
 * Reads recorded values from a tape that may come from a stranger: an operation is looked up in {@link Operations}, places are among the values
 * before, and sizes, the steps of loops and the work of a draw have limits.
 */
final class TapeReader {
    private static final int DEEPEST = 8;
    private static final int MOST_DIMENSIONS = 64;
    private static final int MOST_STEPS = 1 << 20;
    /** Elements that are computed for a draw: seconds. */
    private static final long MOST_WORK = 1L << 30;
    private static final String TOO_MUCH = "its program asks for more than goes with the size of the file";

    private final List<String> operations;
    private final double[] numbers;
    private long elementsLeft;
    private int at;

    /** @param elements that all values together may have */
    TapeReader(List<String> operations, double[] numbers, long elements) {
        this.operations = operations;
        this.numbers = numbers;
        this.elementsLeft = elements;
    }

    Tape.Read read() throws Refused {
        try {
            List<Expr> nodes = new ArrayList<>();
            work(nodes, 0);
            List<Expr> inputs = places(nodes);
            List<Expr> outputs = places(nodes);
            if (at != numbers.length) throw new Refused("its program goes on after its end");
            return new Tape.Read(inputs, outputs);
        } catch (RuntimeException | OutOfMemoryError e) { // an operation, or the body of a loop, that cannot be
            throw new Refused("its program cannot be built (" + Shown.text(String.valueOf(e.getMessage())) + ")");
        }
    }

    /** Reads values; returns roughly how many elements they compute for a draw. */
    private long work(List<Expr> nodes, int depth) throws Refused {
        if (depth > DEEPEST) throw new Refused("its program has loops in loops deeper than " + DEEPEST);
        int count = whole(0, numbers.length);
        long work = 0;
        for (int i = 0; i < count; i++) {
            work += node(nodes, depth);
            if (work > MOST_WORK) throw new Refused(TOO_MUCH);
        }
        return work;
    }

    @SuppressWarnings("unchecked") // the table has operations on expressions alone
    private long node(List<Expr> nodes, int depth) throws Refused {
        String[] words = operations.get(whole(0, operations.size() - 1)).split(" ", 2);
        Shape shape = shape();
        elementsLeft -= shape.size();
        if (elementsLeft < 0) throw new Refused(TOO_MUCH);
        Expr[] operands = places(nodes).toArray(new Expr[0]);
        if (words[0].equals(Operations.CONSTANT)) {
            nodes.add(shape.isScalar() ? Expr.of(next()) : constant(shape));
            return 0;
        }
        if (words[0].equals(Operations.INPUT)) {
            boolean perDraw = whole(0, 1) == 1;
            nodes.add(perDraw ? Expr.perDraw("input", shape) : Expr.shared("input", shape, values(shape.size())));
            return 0;
        }
        Class<?> type = Operations.named(words[0]);
        if (type == null) throw new Refused("its program has an operation " + Shown.text(words[0]) + ", which this version does not have");
        int largest = Math.max(1, shape.size());
        for (Expr x : operands) largest = Math.max(largest, x.shape().size());
        long[] inside = {0};
        Op<Expr> op = (Op<Expr>) made(type, new Part(words.length > 1 ? words[1] : "", largest, depth, inside));
        nodes.add(Expr.of(op, shape, operands));
        return Math.max(op.work(shape.size()), inside[0]);
    }

    /** A vector of constants is a constant in a shape of its own. */
    private Expr constant(Shape shape) throws Refused {
        if (shape.rank() != 1) throw new Refused("its program has a constant of shape " + shape);
        return Expr.vector(values(shape.size()));
    }

    /**
     * What a part of an operation may be.
     *
     * @param kind of those that are enumerated
     * @param largest of its sizes
     * @param inside the work of a loop's body
     */
    private record Part(String kind, int largest, int depth, long[] inside) {}

    private Object made(Class<?> type, Part allowed) throws Refused {
        List<Object> parts = new ArrayList<>();
        for (Class<?> part : Operations.types(type)) parts.add(part(part, allowed));
        return Operations.made(type, parts);
    }

    private Object part(Class<?> type, Part allowed) throws Refused {
        if (type == int.class && allowed.inside[0] > 0) { // after a body: the steps of a loop
            int steps = whole(0, MOST_STEPS);
            allowed.inside[0] = Math.multiplyExact(allowed.inside[0], Math.max(1, (long) steps));
            return steps;
        }
        if (type == int.class) return whole(-1, allowed.largest);
        if (type == boolean.class) return whole(0, 1) == 1;
        if (type == Shape.class) return shape();
        if (type == int[].class) return array(-1, allowed.largest);
        if (type == LoopBody.class) return body(allowed);
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants()).filter(c -> ((Enum<?>) c).name().equals(allowed.kind)).findFirst()
                    .orElseThrow(() -> new Refused("its program has an operation " + Shown.text(allowed.kind) + ", which this version does not have"));
        }
        return made(type, allowed);
    }

    private LoopBody body(Part allowed) throws Refused {
        List<Expr> nodes = new ArrayList<>();
        allowed.inside[0] = Math.max(1, work(nodes, allowed.depth + 1));
        List<Expr> state = places(nodes);
        if (state.size() != 1) throw new Refused("its program has a loop without a state");
        return new LoopBody(state.get(0), places(nodes), places(nodes), places(nodes), places(nodes), places(nodes));
    }

    private List<Expr> places(List<Expr> nodes) throws Refused {
        List<Expr> all = new ArrayList<>();
        for (int i : array(0, nodes.size() - 1)) all.add(nodes.get(i));
        return all;
    }

    private Shape shape() throws Refused {
        int[] dims = array(0, Integer.MAX_VALUE);
        if (dims.length > MOST_DIMENSIONS) throw new Refused("its program has a shape of " + dims.length + " dimensions");
        return Shape.of(dims);
    }

    private int[] array(int least, int most) throws Refused {
        int[] all = new int[whole(0, numbers.length - at)];
        for (int i = 0; i < all.length; i++) all[i] = whole(least, most);
        return all;
    }

    private double[] values(int count) throws Refused {
        if (count > numbers.length - at) throw new Refused("its program is cut short");
        at += count;
        return Arrays.copyOfRange(numbers, at - count, at);
    }

    private double next() throws Refused {
        return values(1)[0];
    }

    private int whole(int least, int most) throws Refused {
        double x = next();
        if (!(x >= least && x <= most) || x != (int) x) throw new Refused("its program has " + x + " where a whole number from " + least + " to " + most
                + " must be");
        return (int) x;
    }
}
