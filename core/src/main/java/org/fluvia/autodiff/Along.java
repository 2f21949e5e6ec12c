package org.fluvia.autodiff;

import java.util.Arrays;

/** Records operations along an axis of a value, and rearrangements of its elements. */
final class Along {
    private Along() {}

    static Expr sum(Expr x, Axis axis, Shape to) {
        return axis.n() == 1 ? x.reshape(to) : Expr.of(new SumAxis(axis), to, x);
    }

    static Expr repeat(Expr x, Axis axis, Shape to) {
        return axis.n() == 1 ? x.reshape(to) : Expr.of(new RepeatAxis(axis), to, x);
    }

    static Expr cumulativeSum(Expr x, Axis axis, boolean backward) {
        return axis.n() <= 1 ? x : Expr.of(new CumulativeSum(axis, backward), x.shape(), x);
    }

    /** Elements of x at the given places; a negative one stands for 0. */
    static Expr select(Expr x, Shape to, int[] from) {
        boolean all = from.length == x.shape().size();
        for (int i = 0; all && i < from.length; i++) all = from[i] == i;
        return all ? x.reshape(to) : Expr.of(new Select(from), to, x);
    }

    static Expr addAt(Expr g, int[] at, Shape to) {
        return Expr.of(new AddAt(at), to, g);
    }

    static Expr reduce(String operation, Expr x, int axis) {
        Axis a = Axis.of(operation, x.shape(), axis);
        Shape to = Axis.without(x.shape(), Axis.position(operation, x.shape(), axis));
        return switch (operation) {
            case "sum" -> sum(x, a, to);
            case "max" -> Expr.of(new MaxAxis(a), to, x);
            default -> Expr.of(new LogSumExpAxis(a), to, x);
        };
    }

    /** x less the largest along the last axis, which no softmax depends on: its rounding stays that of small numbers. */
    static Expr belowLargest(String operation, Expr x) {
        int n = Axis.of(operation, x.shape(), -1).n();
        return x.minus(Functions.repeat(Functions.max(x, -1).stopGradient(), -1, n));
    }

    /** The entries of an axis, n in number, from those of x at the given places. */
    static Expr entries(Expr x, int position, int[] places) {
        Axis a = Axis.of("select", x.shape(), position);
        int[] dims = x.shape().dims();
        dims[position] = places.length;
        int[] from = new int[a.outer() * places.length * a.inner()];
        int k = 0;
        for (int o = 0; o < a.outer(); o++) {
            for (int p : places) {
                for (int e = 0; e < a.inner(); e++) from[k++] = (o * a.n() + p) * a.inner() + e;
            }
        }
        return select(x, Shape.of(dims), from);
    }

    /** Values of one shape along a new first axis. */
    static Expr stack(Expr... entries) {
        for (Expr e : entries) {
            if (!e.shape().equals(entries[0].shape())) {
                throw new IllegalArgumentException("stack: shapes " + entries[0].shape() + " and " + e.shape()
                        + " must be equal" + Source.suffix());
            }
        }
        Shape entry = entries.length == 0 ? Shape.scalar() : entries[0].shape();
        return Expr.concat(entries).reshape(Axis.with(entry, 0, entries.length));
    }

    /** The parts, of which a vector is the one row (axis 0) or column (axis 1) of a matrix. */
    static Expr[] matrices(int axis, Expr... parts) {
        return Arrays.stream(parts).map(p -> p.shape().rank() == 1 ? p.reshape(Axis.with(p.shape(), axis, 1)) : p).toArray(Expr[]::new);
    }

    /** Values that agree in all dimensions but one, side by side along it. */
    static Expr join(String operation, int position, Expr... parts) {
        Shape first = parts[0].shape();
        int n = 0;
        for (Expr p : parts) {
            boolean fits = p.shape().rank() == first.rank() && first.rank() > position
                    && Axis.without(p.shape(), position).equals(Axis.without(first, position));
            if (!fits) {
                throw new IllegalArgumentException(operation + ": shapes " + first + " and " + p.shape()
                        + " do not match" + Source.suffix() + ". They must agree but for dimension " + (position + 1) + ".");
            }
            n += p.shape().dim(position);
        }
        int[] dims = first.dims();
        dims[position] = n;
        Axis a = Axis.of(operation, Shape.of(dims), position);
        int[] from = new int[a.size()];
        int partFrom = 0;
        int column = 0;
        for (Expr p : parts) {
            int width = p.shape().dim(position) * a.inner();
            for (int o = 0; o < a.outer(); o++) {
                for (int i = 0; i < width; i++) from[o * n * a.inner() + column + i] = partFrom + o * width + i;
            }
            partFrom += p.shape().size();
            column += width;
        }
        return select(Expr.concat(parts), Shape.of(dims), from);
    }
}
