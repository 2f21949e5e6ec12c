package org.fluvia.autodiff;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Solutions of equations that have no closed form, for all draws and elements at a time. An element or a draw whose solution is found
 * keeps it, so that no bit of it depends on others.
 */
public final class Solve {
    /** Steps out go through all magnitudes in 11, steps to the middle through exponents in 11 and digits in 53, Newton's are among them. */
    private static final int MOST_STEPS = 250;
    /** Newton's method doubles the digits that are right: after a step from so near all are. */
    private static final double NEAR = 0x1p-36;
    /** Where y is much less than what f adds up, f(x) comes no nearer to it; but steps become so small relative to x. */
    private static final double SHORT = 0x1p-44;
    /** An end of the bracket that is not known. */
    private static final double FAR = Double.MAX_VALUE;

    private Solve() {}

    /**
     * The x, in y's shape, with f(x) = y, element by element. The derivatives by y and by all that f is made of are those of the
     * implicit function, dx = (dy - df) / f'(x); first derivatives only.
     *
     * <p>The method is Newton's from x = y on, within a bracket. Where its step would leave the bracket, or is not half as short as the
     * one before, the step is outwards, further each time, until both ends are known, and from then on to the middle, of magnitudes
     * first and then of digits. Accuracy is that of f(x) - y as it is computed: the last step is one of Newton's, from a relative error
     * of 2^-36 or less. Bends as of flows' maps take 3 to 8 evaluations of f and f', steep and flat ones up to 16; from magnitudes far
     * away, or where f(x) - y is mostly rounding, it takes up to 70. After 250 it ends.
     *
     * <p>NaN where y is not finite, where f is NaN at one of the values tried, and where there is no root since f is not onto.
     *
     * @param f elementwise, strictly increasing, onto the real line, and differentiable but for kinks; it may overflow to infinity. It is
     *     run several times, so it should only compute. It may use any expressions besides.
     */
    public static Expr increasing(Expr y, UnaryOperator<Expr> f) {
        return increasing(y, f, MOST_STEPS);
    }

    static Expr increasing(Expr y, UnaryOperator<Expr> f, int most) {
        Expr target = y.flatten();
        int n = target.size();
        List<Expr> initial = List.of(target, target, all(n, -FAR), all(n, FAR), all(n, FAR), all(n, 1), all(n, 1));
        Expr state = Scan.LOOPS.search(most, initial, (s, row) -> {
            Expr x = s.get(1);
            Expr value = applied(f, x.reshape(y.shape())).flatten();
            return new Scan.Next(step(s, target, value.minus(target), slope(value, x)), List.of());
        });
        return increasingKnowing(y, state.slice(0, n).reshape(y.shape()), f);
    }

    /**
     * As {@link #increasing}, where x is known already: nothing is solved, the derivatives are those of the solution. There are first ones
     * only: a derivative of a derivative is refused where the slope of f changes with what it is by.
     *
     * @param x of y's shape, with f(x) = y; its own derivatives are not used
     */
    public static Expr increasingKnowing(Expr y, Expr x, UnaryOperator<Expr> f) {
        if (!x.shape().equals(y.shape())) {
            throw new IllegalArgumentException("solve: x must have the shape of y, " + y.shape() + ", but has " + x.shape()
                    + Source.suffix());
        }
        boolean perDraw = x.isPerDraw() || y.isPerDraw() || applied(f, x.stopGradient()).isPerDraw();
        Expr known = perDraw ? x.repeatedOverDraws() : x;
        Expr fixed = known.stopGradient();
        Expr value = applied(f, fixed);
        return Expr.of(new Solved(), known.shape(), known, y, value, slope(value, fixed));
    }

    /**
     * The x with g(x) = x, found as start, g(start), g(g(start)), ... until no element of a draw moves by more than the tolerance times
     * max(1, |x|). It has no derivative, as {@link Expr#stopGradient}. NaN where that takes more than the most steps.
     *
     * @param g a contraction, whose value has the shape of its argument; it is run several times, so it should only compute. It may use
     *     any expressions besides.
     * @throws IllegalArgumentException if the tolerance is not positive, or there is no step
     */
    public static Expr fixedPoint(Expr start, UnaryOperator<Expr> g, double tolerance, int most) {
        if (!(tolerance > 0)) {
            throw new IllegalArgumentException("solve: tolerance must be positive, but was " + tolerance + Source.suffix());
        }
        if (most < 1) throw new IllegalArgumentException("solve: most must be at least 1, but was " + most + Source.suffix());
        int n = start.size();
        List<Expr> initial = List.of(start.flatten(), start.flatten(), Expr.of(1));
        Expr state = Scan.LOOPS.search(most, initial, (s, row) -> {
            Expr x = s.get(1);
            Expr moving = s.get(2);
            Expr next = applied(g, x.reshape(start.shape())).flatten();
            Expr far = next.abs().max(1).times(tolerance).lt(next.minus(x).abs());
            Expr goesOn = Expr.of(0).lt(far.sum());
            return new Scan.Next(List.of(found(s.get(0), moving, goesOn, next), next, moving.times(goesOn)), List.of());
        });
        return state.slice(0, n).reshape(start.shape());
    }

    /**
     * One step of {@link #increasing}.
     *
     * @param state what is found, NaN while it is not; x; the ends of the bracket; how far the last step went; how far the next one
     *     outwards is to go; 1 where nothing is found yet, else 0
     * @param v f(x) - y
     */
    private static List<Expr> step(List<Expr> state, Expr target, Expr v, Expr slope) {
        Expr x = state.get(1);
        Expr low = Expr.where(v.le(0), x, state.get(2));
        Expr high = Expr.where(Expr.of(0).le(v), x, state.get(3));
        Expr last = state.get(4);
        Expr reach = state.get(5);
        Expr moving = state.get(6);

        Expr change = v.div(slope);
        Expr newton = x.minus(change);
        Expr taken = low.le(newton).times(newton.le(high)).times(change.abs().le(last.times(0.5)));
        Expr near = v.abs().le(target.abs().times(NEAR)).max(change.abs().le(x.abs().times(SHORT)));

        Expr up = v.lt(0);
        Expr open = Expr.where(up, high.eq(FAR), low.eq(-FAR));
        Expr distance = reach.max(x.abs().times(0.125));
        Expr outwards = x.plus(Expr.where(up, distance, distance.unaryMinus()));
        Expr next = Expr.where(taken, newton, Expr.where(open, outwards, middle(low, high)));
        next = next.plus(noNumberWhere(Expr.of(1).minus(v.eq(v).times(next.abs().lt(FAR)))));

        Expr goesOn = low.lt(next).times(next.lt(high)).times(Expr.of(1).minus(taken.times(near)));
        Expr further = Expr.where(taken, reach, Expr.where(open, reach.square().times(4).min(FAR), reach));
        Expr gone = next.minus(x).abs().min(FAR);
        return List.of(found(state.get(0), moving, goesOn, next), next, low, high, gone, further, moving.times(goesOn));
    }

    /** What was found before, or is found with this step. */
    private static Expr found(Expr before, Expr moving, Expr goesOn, Expr next) {
        return Expr.where(moving, next.plus(noNumberWhere(goesOn)), before);
    }

    /** NaN where the condition is 1, else 0. A constant would be taken for meant by those who explain where NaN comes from. */
    private static Expr noNumberWhere(Expr condition) {
        return condition.unaryMinus().sqrt();
    }

    /** Between the ends, by magnitude where they differ much, so that no range takes long. */
    private static Expr middle(Expr low, Expr high) {
        Expr a = low.abs().min(high.abs());
        Expr b = low.abs().max(high.abs());
        Expr fromZero = Expr.where(b.le(4), b.times(b.min(0.5)), b.sqrt());
        Expr size = Expr.where(b.le(a.times(4)), a.plus(b.minus(a).times(0.5)), a.sqrt().times(b.sqrt()));
        size = Expr.where(a.eq(0), fromZero, size);
        Expr signed = Expr.where(low.lt(0), size.unaryMinus(), size);
        return Expr.where(low.lt(0).times(Expr.of(0).lt(high)), Expr.of(0), signed);
    }

    private static Expr applied(UnaryOperator<Expr> f, Expr x) {
        Expr value = f.apply(x);
        if (!value.shape().equals(x.shape())) {
            throw new IllegalArgumentException("solve: the function must give a value of its argument's shape, " + x.shape() + ", but gave "
                    + value.shape() + Source.suffix());
        }
        return value;
    }

    /** The derivative of an elementwise function. */
    private static Expr slope(Expr value, Expr x) {
        Expr slope = Gradient.ofProducts(List.of(value), List.of(Expr.of(1)), List.of(x)).get(0);
        return slope == null ? Expr.of(0) : slope.materialize(x);
    }

    private static Expr all(int n, double value) {
        double[] values = new double[n];
        Arrays.fill(values, value);
        return Expr.vector(values);
    }
}
