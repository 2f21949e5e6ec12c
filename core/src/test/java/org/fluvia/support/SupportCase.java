package org.fluvia.support;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;

/**
 * A support for the contract, with its bounds as numbers.
 *
 * @param factory the signature of the factory that made it
 * @param shape of the values it is tried with
 * @param low of each element, or minus infinity
 * @param high of each element, or infinity
 * @param stretches of each element
 * @param drawBounds inputs per draw on which the bounds depend
 * @param drawBoundValues their elements
 */
record SupportCase(String factory, Support support, Shape shape, double[] low, double[] high,
                   List<Stretch> stretches, List<Expr> drawBounds, double[] drawBoundValues) {
    private static final double INF = Double.POSITIVE_INFINITY;

    /** log dx/du of an element at u, and the derivative of that. */
    record Stretch(DoubleUnaryOperator log, DoubleUnaryOperator derivative) {
        /** By exp from one bound, by the sigmoid between two, by a factor where there is none. */
        private static List<Stretch> of(double[] low, double[] high, double unit) {
            return IntStream.range(0, low.length).mapToObj(i -> of(low[i], high[i], unit)).toList();
        }

        private static Stretch of(double low, double high, double unit) {
            if (Double.isFinite(low) && Double.isFinite(high)) {
                return new Stretch(u -> StrictMath.log(high - low) - Math.abs(u) - 2 * StrictMath.log1p(StrictMath.exp(-Math.abs(u))),
                        u -> -StrictMath.tanh(u / 2));
            }
            return Double.isFinite(low) || Double.isFinite(high) ? new Stretch(u -> u, u -> 1)
                    : new Stretch(u -> StrictMath.log(unit), u -> 0);
        }
    }

    private SupportCase(String factory, Support support, Shape shape, double[] low, double[] high, double unit, List<Expr> drawBounds,
                        double[] drawBoundValues) {
        this(factory, support, shape, low, high, Stretch.of(low, high, unit), drawBounds, drawBoundValues);
    }

    /** Every factory of {@link Support} that has a transform. */
    static List<SupportCase> continuous() {
        Expr below = Expr.perDraw("below", Shape.of(3));
        Expr above = Expr.perDraw("above", Shape.scalar());
        Expr lows = Expr.vector(-1, 0, 1e6);
        Expr highs = Expr.shared("highs", Shape.of(3), 0.5, 3, 1e6 + 1);
        return List.of(
                all("real()", Support.real(), -INF, INF),
                all("positive()", Support.positive(), 0, INF),
                all("lower(double)", Support.lower(0), 0, INF),
                all("lower(double)", Support.lower(-3.5), -3.5, INF),
                all("lower(double)", Support.lower(-INF), -INF, INF),
                shared("lower(Expr)", Support.lower(lows), new double[] {-1, 0, 1e6}, fill(INF)),
                draws("lower(Expr)", Support.lower(below), new double[] {-2, 3, 70}, fill(INF), below, -2, 3, 70),
                all("upper(double)", Support.upper(2), -INF, 2),
                all("upper(double)", Support.upper(INF), -INF, INF),
                shared("upper(Expr)", Support.upper(highs), fill(-INF), new double[] {0.5, 3, 1e6 + 1}),
                draws("upper(Expr)", Support.upper(above), fill(-INF), fill(0.75), above, 0.75),
                all("interval(double, double)", Support.interval(0, 1), 0, 1),
                all("interval(double, double)", Support.interval(-2, 3e5), -2, 3e5),
                all("interval(double, double)", Support.interval(-INF, 4), -INF, 4),
                all("interval(double, double)", Support.interval(-4, INF), -4, INF),
                shared("interval(Expr, Expr)", Support.interval(lows, highs), new double[] {-1, 0, 1e6},
                        new double[] {0.5, 3, 1e6 + 1}),
                draws("interval(Expr, Expr)", Support.interval(below, above.plus(100)), new double[] {-2, 3, 70},
                        fill(100.75), List.of(below, above), -2, 3, 70, 0.75),
                all("interval(double, Expr)", Support.interval(-1, Expr.of(7)), -1, 7),
                all("interval(double, Expr)", Support.interval(-INF, Expr.of(7)), -INF, 7),
                draws("interval(Expr, double)", Support.interval(above, 2), fill(0.75), fill(2), above, 0.75),
                shared("interval(Expr, double)", Support.interval(lows, INF), new double[] {-1, 0, 1e6}, fill(INF)),
                affine("affine(double, double)", Support.affine(-0.5, 2.5), 2.5),
                affine("affine(double, Expr)", Support.affine(0, Expr.vector(0.5, 0.5, 0.5)), 0.5),
                affine("affine(Expr, double)", Support.affine(Expr.vector(0.5, -1, 0), 3), 3),
                affine("affine(Expr, Expr)", Support.affine(above, above.plus(1)), 1.75, above, 0.75));
    }

    private static SupportCase all(String factory, Support s, double low, double high) {
        return new SupportCase(factory, s, Shape.of(3, 1), fill(low), fill(high), 1, List.of(), new double[0]);
    }

    private static SupportCase shared(String factory, Support s, double[] low, double[] high) {
        return new SupportCase(factory, s, Shape.of(3), low, high, 1, List.of(), new double[0]);
    }

    private static SupportCase draws(String factory, Support s, double[] low, double[] high, Expr bound, double... values) {
        return draws(factory, s, low, high, List.of(bound), values);
    }

    private static SupportCase draws(String factory, Support s, double[] low, double[] high, List<Expr> bounds,
                                     double... values) {
        return new SupportCase(factory, s, Shape.of(3), low, high, 1, bounds, values);
    }

    private static SupportCase affine(String factory, Support s, double unit) {
        return new SupportCase(factory, s, Shape.of(3), fill(-INF), fill(INF), unit, List.of(), new double[0]);
    }

    private static SupportCase affine(String factory, Support s, double unit, Expr bound, double value) {
        return new SupportCase(factory, s, Shape.of(3), fill(-INF), fill(INF), unit, List.of(bound), new double[] {value});
    }

    private static double[] fill(double value) {
        double[] v = new double[3];
        Arrays.fill(v, value);
        return v;
    }

    /** The inputs: a vector of three elements, then the bounds. */
    List<Expr> inputs(Expr vector) {
        return drawBounds.isEmpty() ? List.of(vector)
                : drawBounds.size() == 1 ? List.of(vector, drawBounds.get(0))
                : List.of(vector, drawBounds.get(0), drawBounds.get(1));
    }

    double[] point(double... elements) {
        double[] p = Arrays.copyOf(elements, 3 + drawBoundValues.length);
        System.arraycopy(drawBoundValues, 0, p, 3, drawBoundValues.length);
        return p;
    }

    /** What adding a bound to a value can cost it. */
    double rounding(int element, double value) {
        double size = factory.startsWith("affine") ? 1 + Math.abs(value) : Math.abs(value);
        if (Double.isFinite(low[element])) size = Math.max(size, Math.abs(low[element]));
        if (Double.isFinite(high[element])) size = Math.max(size, Math.abs(high[element]));
        return Math.ulp(Math.min(size, Double.MAX_VALUE));
    }

    @Override
    public String toString() {
        return factory + ": " + support;
    }
}
