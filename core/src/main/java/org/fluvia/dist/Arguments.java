package org.fluvia.dist;

import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.SharedValues;
import org.fluvia.autodiff.Source;

/**
 * The checks of a distribution's parameters: shapes always, values where they are known when the model is recorded. Used
 * by one constructor call.
 */
final class Arguments {
    private static final String LOG_SCALE = "Correct the data, or take exp() of a value on the log scale.";

    private final String distribution;
    private String shapedArgument = "";
    private int number;
    private Shape shape = Shape.scalar();

    private Arguments(String distribution) {
        this.distribution = distribution;
    }

    static Arguments of(String distribution) {
        return new Arguments(distribution);
    }

    Arguments finite(String argument, Expr x) {
        return check(argument, x, Constraint.FINITE, "Check the data for missing and infinite values.", CertainMistakes.NONE);
    }

    Arguments positive(String argument, Expr x) {
        return check(argument, x, Constraint.POSITIVE, LOG_SCALE, CertainMistakes.POSITIVE);
    }

    Arguments notNegative(String argument, Expr x) {
        return check(argument, x, Constraint.NOT_NEGATIVE, LOG_SCALE, CertainMistakes.POSITIVE);
    }

    Arguments probability(String argument, Expr x) {
        return check(argument, x, Constraint.PROPORTION,
                "Correct the data, or use " + distribution + "Logit for a value on the logit scale.",
                "Declare it with Support.interval(0, 1), or use " + distribution + "Logit or %s.sigmoid().");
    }

    Arguments proportion(String argument, Expr x) {
        return check(argument, x, Constraint.PROPORTION, "Correct the data.", CertainMistakes.PROPORTION);
    }

    Arguments openProportion(String argument, Expr x) {
        return check(argument, x, Constraint.OPEN_PROPORTION, "Correct the data.", CertainMistakes.PROPORTION);
    }

    Arguments positiveProportion(String argument, Expr x) {
        return check(argument, x, Constraint.POSITIVE_PROPORTION, "Correct the data.", CertainMistakes.PROPORTION);
    }

    Arguments whole(String argument, Expr x) {
        return check(argument, x, Constraint.WHOLE, "Check the data.", CertainMistakes.COUNT);
    }

    Arguments count(String argument, Expr x) {
        return check(argument, x, Constraint.COUNT, "Check the data.", CertainMistakes.COUNT);
    }

    Arguments below(String lowArgument, Expr low, String highArgument, Expr high) {
        return ordered(low, high, true, highArgument + " must be above " + lowArgument + " = ");
    }

    Arguments atMost(String lowArgument, Expr low, String highArgument, Expr high) {
        return ordered(low, high, false, highArgument + " must be at least " + lowArgument + " = ");
    }

    private Arguments ordered(Expr low, Expr high, boolean strict, String constraint) {
        String[] words = constraint.split(" must ", 2);
        ParameterChecks.ordered(distribution, words[0], low, high, strict, words[1]);
        if (low.isPerDraw() || high.isPerDraw()) return this;
        SharedValues.check(() -> checkOrder(low, high, strict, constraint));
        return this;
    }

    private void checkOrder(Expr low, Expr high, boolean strict, String constraint) {
        double[] a = SharedValues.of(low);
        double[] b = SharedValues.of(high);
        for (int i = 0; i < Math.max(a.length, b.length); i++) {
            int ai = low.shape().isScalar() ? 0 : i;
            int bi = high.shape().isScalar() ? 0 : i;
            if (ai < a.length && bi < b.length && !(a[ai] < b[bi] || !strict && a[ai] == b[bi])) {
                throw new IllegalArgumentException(distribution + ": " + constraint + a[ai] + ", but was " + b[bi]
                        + Element.where(high, bi) + ". Give the smaller " + (strict ? "bound" : "number") + " first.");
            }
        }
    }

    private Arguments check(String argument, Expr x, Constraint constraint, String advice, String remedy) {
        notNull(distribution, ++number, argument, x);
        checkShape(argument, x.shape());
        ParameterChecks.each(distribution, argument, x, constraint);
        if (x.isPerDraw()) {
            CertainMistakes.check(distribution, argument, x, constraint::isMetBy, constraint.words(), remedy);
            return this;
        }
        SharedValues.check(() -> checkEach(argument, x, constraint, advice));
        return this;
    }

    private void checkEach(String argument, Expr x, Constraint constraint, String advice) {
        double[] values = SharedValues.of(x);
        for (int i = 0; i < values.length; i++) {
            if (!constraint.isMetBy(values[i])) {
                throw new IllegalArgumentException(distribution + ": " + argument + " must " + constraint.words() + ", but was "
                        + values[i] + Element.where(x, i) + ". " + advice);
            }
        }
    }

    /** @param number of the argument, counted from 1 */
    static void notNull(String function, int number, String argument, Object x) {
        if (x == null) {
            throw new IllegalArgumentException(function + ": argument " + number + " (" + argument + ") must not be null" + Source.suffix()
                    + ". Give a number, data or an expression.");
        }
    }

    private void checkShape(String argument, Shape s) {
        if (s.isScalar() || s.equals(shape)) return;
        if (!shape.isScalar()) {
            throw new IllegalArgumentException(distribution + ": " + argument + " must be a scalar or have the shape "
                    + shape + " of " + shapedArgument + ", but has shape " + s + Source.suffix()
                    + ". Index one of them so that they have one value for each observation.");
        }
        shape = s;
        shapedArgument = argument;
    }
}
