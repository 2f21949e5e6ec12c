package org.fluvia.dist;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.DoublePredicate;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.SharedValues;
import org.fluvia.autodiff.Source;

/**
 * The checks of the parameters of a distribution of vectors or matrices: shapes always, values where they are known when the
 * model is recorded. Used by one constructor call; a check of values is about the parameter named before it.
 */
final class EventArguments {
    private final String distribution;
    private String sized = "";
    private int size = Multivariate.OPEN;
    private String led = "";
    private Shape leading = Shape.scalar();
    private String argument = "";
    private int number;
    private Expr value = Expr.of(0);

    private EventArguments(String distribution) {
        this.distribution = distribution;
    }

    static EventArguments of(String distribution) {
        return new EventArguments(distribution);
    }

    /** A number, or one for each event. */
    EventArguments number(String name, Expr x) {
        return add(name, x, 0);
    }

    /** A vector as long as the event, or one for each event. */
    EventArguments vector(String name, Expr x) {
        begin(name, x);
        return list(name, x).sized(x.shape().dim(x.shape().rank() - 1));
    }

    /** A vector as long as the event, or one for each event, or a scalar in place of equal elements. */
    EventArguments vectorOrNumber(String name, Expr x) {
        begin(name, x);
        return x.shape().isScalar() ? add(name, x, 1) : vector(name, x);
    }

    /** A square matrix with as many rows as the event has, or one for each event. */
    EventArguments square(String name, Expr x) {
        begin(name, x);
        Shape s = x.shape();
        if (s.rank() < 2 || s.dim(s.rank() - 1) != s.dim(s.rank() - 2)) {
            throw new IllegalArgumentException(distribution + ": " + name + " must be a square matrix, or have square matrices"
                    + " as its last two axes, but has shape " + s + Source.suffix());
        }
        return add(name, x, 2).sized(s.dim(s.rank() - 1));
    }

    /** The matrix that gives a distribution's spread: as {@link #square}, with its values checked. */
    EventArguments matrix(String name, MatrixForm form, Expr x) {
        EventArguments matrix = square(name, x);
        return form == MatrixForm.CHOLESKY ? matrix.choleskyFactor() : matrix.positiveDefinite();
    }

    /** A vector of any length, or one for each event. */
    EventArguments list(String name, Expr x) {
        begin(name, x);
        if (x.shape().isScalar()) {
            throw new IllegalArgumentException(distribution + ": " + name + " must be a vector, or have vectors as its last axis,"
                    + " but is a scalar" + Source.suffix() + ". Make a vector of one element: Expr.concat(x).");
        }
        return add(name, x, 1);
    }

    /** Counts an argument, which may be looked at by several methods. */
    private void begin(String name, Expr x) {
        if (!name.equals(argument)) number++;
        argument = name;
        Arguments.notNull(distribution, number, name, x);
    }

    private EventArguments add(String name, Expr x, int rank) {
        begin(name, x);
        value = x;
        if (x.shape().rank() <= rank) return this;
        Shape own = Events.leading(x.shape(), rank);
        if (leading.isScalar()) {
            leading = own;
            led = name;
        } else if (!leading.equals(own)) {
            throw new IllegalArgumentException(distribution + ": " + name + " has one value for each of " + own
                    + " events, but " + led + " for each of " + leading + Source.suffix()
                    + ". Parameters with leading axes must have the same ones.");
        }
        return this;
    }

    private EventArguments sized(int n) {
        if (n == 0) {
            throw new IllegalArgumentException(distribution + ": " + argument + " must not be empty, but has shape "
                    + value.shape() + Source.suffix());
        }
        if (size == Multivariate.OPEN) {
            size = n;
            sized = argument + ", which has shape " + value.shape();
        } else if (size != n) {
            throw new IllegalArgumentException(distribution + ": " + argument + " must fit " + sized + ", but has shape "
                    + value.shape() + Source.suffix());
        }
        return this;
    }

    EventArguments finite() {
        return check(Constraint.FINITE, "Check the data for missing and infinite values.", CertainMistakes.NONE);
    }

    EventArguments positive() {
        return check(Constraint.POSITIVE, "Correct the data, or take exp() of a value on the log scale.", CertainMistakes.POSITIVE);
    }

    EventArguments above(double bound, String which) {
        return check(v -> v > bound && v <= Double.MAX_VALUE, Constraint.ABOVE, "be finite and above " + Element.text(bound) + ", " + which,
                "Correct the data, or declare it with Support.lower.", "Declare it with Support.lower(" + Element.text(bound) + ").");
    }

    EventArguments count() {
        return check(Constraint.COUNT, "Check the data.", CertainMistakes.COUNT);
    }

    /** For vectors: not negative, with a sum of 1 to within 1e-8, as in Stan. */
    EventArguments simplex() {
        ParameterChecks.each(distribution, argument, value, Constraint.NOT_NEGATIVE);
        int each = value.shape().isScalar() ? 1 : Events.size(value);
        ParameterChecks.whole(distribution, argument, value, v -> {
            for (int i = 0; i < v.length; i += each) {
                double sum = Arrays.stream(v, i, i + each).sum();
                if (!(Math.abs(sum - 1) <= 1e-8)) return i;
            }
            return -1;
        }, Constraint.SIMPLEX, "be the first of elements that add up to 1");
        if (value.isPerDraw()) {
            CertainMistakes.check(distribution, argument, value, Constraint.SIMPLEX::isMetBy, "have elements from 0 to 1 that add up to 1",
                    "Declare it with Support.simplex(), or use softmax(%s).");
            return this;
        }
        check(Constraint.NOT_NEGATIVE, "Check the data.", "");
        return checked(EventArguments::checkSums);
    }

    private void checkSums() {
        Shape events = value.shape().isScalar() ? Shape.scalar() : Events.leading(value.shape(), 1);
        double[] sums = SharedValues.of(value.shape().isScalar() ? value : Events.sum(value));
        for (int i = 0; i < sums.length; i++) {
            if (!(Math.abs(sums[i] - 1) <= 1e-8)) {
                throw new IllegalArgumentException(distribution + ": " + argument + " must add up to 1, but "
                        + Events.text(value, events, i) + " adds up to " + sums[i] + Source.suffix()
                        + ". Divide by the sum.");
            }
        }
    }

    /** For square matrices: symmetric to within 1e-8, as in Stan, with a Cholesky factor. */
    EventArguments positiveDefinite() {
        int n = size;
        ParameterChecks.whole(distribution, argument, value, v -> {
            for (int from = 0; from < v.length; from += n * n) {
                double[] l = EventDraws.cholesky(Arrays.copyOfRange(v, from, from + n * n), n);
                for (int i = 0; i < n; i++) if (!(l[i * n + i] <= Double.MAX_VALUE)) return from + i * n + i;
            }
            return -1;
        }, Constraint.POSITIVE_DEFINITE, "leave variance to each row of a positive definite matrix given those before");
        if (value.isPerDraw()) return this;
        finite();
        return checked(EventArguments::checkPositiveDefinite);
    }

    private void checkPositiveDefinite() {
        double[] all = SharedValues.of(value);
        for (int event = 0; event < all.length / (size * size); event++) {
            double[] a = Arrays.copyOfRange(all, event * size * size, (event + 1) * size * size);
            for (int i = 0; i < size; i++) {
                for (int j = 0; j < i; j++) {
                    if (!(Math.abs(a[i * size + j] - a[j * size + i]) <= 1e-8)) {
                        throw new IllegalArgumentException(distribution + ": " + argument + " must be symmetric, but "
                                + element(event, i, j) + " is " + a[i * size + j] + " and " + element(event, j, i) + " is "
                                + a[j * size + i] + Source.suffix());
                    }
                }
            }
            double[] l = EventDraws.cholesky(a, size);
            for (int i = 0; i < size; i++) {
                if (Double.isNaN(l[i * size + i])) {
                    throw new IllegalArgumentException(distribution + ": " + argument + " must be positive definite, but row "
                            + (i + 1) + (all.length > a.length ? " of matrix " + (event + 1) : "") + " has no variance left"
                            + " given those before" + Source.suffix()
                            + ". Look for variables that are sums of others, or add a small number to the diagonal.");
                }
            }
        }
    }

    /** For square matrices: a positive diagonal, and numbers below it. */
    EventArguments choleskyFactor() {
        int n = size;
        ParameterChecks.whole(distribution, argument, value, v -> notOfFactor(v, n), Constraint.CHOLESKY_FACTOR,
                "be positive on the diagonal, and finite below it, of a Cholesky factor");
        if (value.isPerDraw()) return this;
        return checked(EventArguments::checkFactor);
    }

    private void checkFactor() {
        double[] all = SharedValues.of(value);
        int i = notOfFactor(all, size);
        if (i >= 0) {
            int row = i / size % size;
            int column = i % size;
            throw new IllegalArgumentException(distribution + ": " + argument + " must be a Cholesky factor, with "
                    + (column < row ? "finite numbers below the diagonal" : "a positive diagonal") + ", but "
                    + element(i / (size * size), row, column) + " is " + all[i] + Source.suffix()
                    + ". For a covariance matrix use " + distribution.replace("Cholesky", "") + ".");
        }
    }

    /** The first element that no Cholesky factor (n x n) has, or -1. */
    private static int notOfFactor(double[] all, int n) {
        for (int i = 0; i < all.length; i++) {
            int row = i / n % n;
            int column = i % n;
            if (column < row && !Double.isFinite(all[i]) || column == row && !(all[i] > 0 && all[i] <= Double.MAX_VALUE)) return i;
        }
        return -1;
    }

    private String element(int event, int row, int column) {
        return Element.label(argument, value.shape(), (event * size + row) * size + column);
    }

    private EventArguments check(Constraint constraint, String advice, String remedy) {
        return check(constraint::isMetBy, constraint, constraint.words(), advice, remedy);
    }

    private EventArguments check(DoublePredicate valid, Constraint constraint, String words, String advice, String remedy) {
        ParameterChecks.each(distribution, argument, value, valid, constraint, words);
        if (value.isPerDraw()) {
            CertainMistakes.check(distribution, argument, value, valid, words, remedy);
            return this;
        }
        return checked(now -> now.checkEach(valid, words, advice));
    }

    /** Makes a check of the parameter named last: when it is made again, another will have been named. */
    private EventArguments checked(Consumer<EventArguments> check) {
        EventArguments now = new EventArguments(distribution);
        now.size = size;
        now.argument = argument;
        now.value = value;
        SharedValues.check(() -> check.accept(now));
        return this;
    }

    private void checkEach(DoublePredicate valid, String words, String advice) {
        double[] values = SharedValues.of(value);
        for (int i = 0; i < values.length; i++) {
            if (!valid.test(values[i])) {
                throw new IllegalArgumentException(distribution + ": " + argument + " must " + words + ", but was "
                        + values[i] + Element.where(value, i) + ". " + advice);
            }
        }
    }
}
