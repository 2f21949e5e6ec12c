package org.fluvia.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Gradient;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.op.Reach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every support with no values: the Jacobian is 1, and derivatives in the bounds, and of what stands beside, stay. */
class EmptyEventsTest {
    private static final Expr LOW = Expr.perDraw("low", Shape.scalar());
    private static final Expr HIGH = Expr.perDraw("high", Shape.scalar());

    record Empty(String factory, Support support, Shape shape) {
        @Override
        public String toString() {
            return factory + " " + shape;
        }
    }

    /**
     * The cases of the contract without elements. Bounds of three elements have three values, so theirs stand here again, with
     * bounds per draw and bounds of no elements.
     */
    static List<Empty> cases() {
        List<Empty> all = new ArrayList<>();
        for (SupportCase c : SupportCase.continuous()) {
            if (!c.factory().contains("Expr")) all.add(new Empty(c.factory(), c.support(), Shape.of(0)));
        }
        Expr none = Expr.vector();
        Expr bounds = none.times(LOW);
        for (Expr low : List.of(LOW, none, bounds)) {
            all.add(new Empty("lower(Expr)", Support.lower(low), Shape.of(0)));
            all.add(new Empty("interval(Expr, double)", Support.interval(low, 2), Shape.of(0)));
            all.add(new Empty("affine(Expr, double)", Support.affine(low, 2), Shape.of(0)));
            for (Expr high : List.of(HIGH, none, none.plus(HIGH))) {
                all.add(new Empty("interval(Expr, Expr)", Support.interval(low, high), Shape.of(0)));
                all.add(new Empty("affine(Expr, Expr)", Support.affine(low, high), Shape.of(0)));
            }
        }
        for (Expr high : List.of(HIGH, none, none.plus(HIGH))) {
            all.add(new Empty("upper(Expr)", Support.upper(high), Shape.of(0)));
            all.add(new Empty("interval(double, Expr)", Support.interval(-1, high), Shape.of(0)));
            all.add(new Empty("affine(double, Expr)", Support.affine(-1, high), Shape.of(0)));
        }
        for (EventCase c : EventCase.all()) all.add(new Empty(c.factory(), c.support(), c.shape(0)));
        return all;
    }

    @Test
    void everyFactoryHasACase() {
        TreeSet<String> expected = new TreeSet<>();
        SupportCase.continuous().forEach(c -> expected.add(c.factory()));
        EventCase.all().forEach(c -> expected.add(c.factory()));
        assertEquals(expected, cases().stream().map(Empty::factory).collect(Collectors.toCollection(TreeSet::new)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void noValuesHaveNoJacobianAndLeaveDerivativesAlone(Empty c) {
        c.support().checkShape("x", c.shape());
        assertEquals(0, c.support().unconstrainedSize(c.shape()));
        Expr u = Expr.perDraw("u", Shape.of(0));
        Constrained x = c.support().constrain(u, c.shape());
        assertEquals(c.shape(), x.value().shape());
        assertEquals(Shape.scalar(), x.logAbsDetJacobian().shape());
        Expr nothing = x.value().sum().plus(x.logAbsDetJacobian()).plus(x.value().times(HIGH).plus(LOW).sum());
        Expr beside = LOW.exp().times(HIGH);
        List<Expr> inputs = List.of(LOW, HIGH, u);
        List<Expr> outputs = new ArrayList<>(List.of(nothing, nothing.plus(beside)));
        outputs.addAll(Gradient.of(nothing, inputs));
        outputs.addAll(Gradient.of(nothing.plus(beside), inputs));
        double[] r = Replay.at(new double[] {0.3, 1.7}, inputs, outputs.toArray(new Expr[0]));
        double e = Math.exp(0.3);
        double[] expected = {0, 1.7 * e, 0, 0, 1.7 * e, e};
        for (int i = 0; i < expected.length; i++) assertEquals(expected[i], r[i], 1e-15 * Math.abs(expected[i]), c + ", output " + i);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void noValuesLieInsideAndGoBackToNone(Empty c) {
        Expr value = Expr.shared("x", c.shape());
        assertEquals(0, c.support().unconstrain(value).shape().size());
        assertTrue(c.support().violation("x", value).isEmpty());
        Expr inside = c.support().contains(value);
        assertEquals(0, inside.shape().size());
        Reach reach = c.support().reach(c.shape());
        assertTrue(reach == null || reach.size() == 0, c.toString());
    }
}
