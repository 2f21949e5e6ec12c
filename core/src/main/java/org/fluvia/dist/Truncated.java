package org.fluvia.dist;

import static java.util.Objects.requireNonNull;
import static org.fluvia.kernel.special.Constants.LOG_2;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Functions;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.SharedValues;
import org.fluvia.catalogue.build.Listed;
import org.fluvia.support.Support;
import org.jspecify.annotations.Nullable;

/** {@link Distributions#truncated(Distribution, Expr, Expr)}. */
record Truncated(Distribution of, @Nullable Expr lower, @Nullable Expr upper) implements Derived {
    private static final Expr MINUS_INFINITY = Expr.of(Double.NEGATIVE_INFINITY);

    /**
     * A distribution within bounds, which belong to it: log p(x) - log P(lower &lt;= X &lt;= upper) for lower &lt;= x &lt;=
     * upper, minus infinity outside. Stan's {@code T[lower, upper]}. What the bounds leave is computed in the tail where
     * they lie.
     *
     * <pre>{@code
     * m.observe("y", leftTruncated(poisson(lambda), 1)); // counts that cannot be 0
     * }</pre>
     *
     * @param distribution one of numbers whose distribution function is known: see {@link Cumulative}
     * @param lower a scalar, or one number for each observation; minus infinity where there is none
     * @param upper above lower; infinity where there is none
     */
    @Listed(source = "Stan Reference Manual, Truncated distributions", example = {"Distributions.normal(0, 1)", "-1", "2"})
    static Distribution truncated(Distribution distribution, Expr lower, Expr upper) {
        return new Truncated(distribution, Bounds.lower(lower), Bounds.upper(upper));
    }

    /** A distribution from a bound on: log p(x) - log P(X >= lower) for x >= lower. Stan's {@code T[lower, ]}. */
    @Listed(source = "Stan Reference Manual, Truncated distributions", example = {"Distributions.normal(0, 1)", "-1"})
    static Distribution leftTruncated(Distribution distribution, Expr lower) {
        return new Truncated(distribution, Bounds.lower(lower), null);
    }

    /**
     * A distribution up to a bound: log p(x) - log P(X &lt;= upper) for x &lt;= upper. Stan's {@code T[, upper]}.
     */
    @Listed(source = "Stan Reference Manual, Truncated distributions", example = {"Distributions.normal(0, 1)", "2"})
    static Distribution rightTruncated(Distribution distribution, Expr upper) {
        return new Truncated(distribution, null, Bounds.upper(upper));
    }

    Truncated {
        Derived.checkCumulative("truncated", of);
        Bounds.check("truncated", of, lower, upper);
        Expr mass = logMass(of, before(of, lower), upper);
        if (!mass.isPerDraw()) SharedValues.check(() -> checkMass(of, mass));
    }

    private static void checkMass(Distribution of, Expr mass) {
        double[] logs = SharedValues.of(mass);
        for (int i = 0; i < logs.length; i++) {
            if (logs[i] > Double.NEGATIVE_INFINITY) continue;
            throw new IllegalArgumentException("truncated: the distribution must have some probability between the bounds, but "
                    + of.name() + " has none" + Element.where(mass, i) + ".");
        }
    }

    private static @Nullable Expr before(Distribution d, @Nullable Expr lower) {
        return lower == null ? null : Bounds.before(d, lower);
    }

    @Override
    public String name() {
        return "truncated";
    }

    /** The bounds that there are. */
    @Override
    public List<Expr> own() {
        return Bounds.of(lower, upper);
    }

    /** Those of the distribution, then the bounds. */
    @Override
    public List<Expr> parameters() {
        return Derived.join(of.parameters(), own());
    }

    @Override
    public Support support() {
        return JoinedSupports.between(of.support(), lower, upper);
    }

    @Override
    public boolean isDiscrete() {
        return of.isDiscrete();
    }

    @Override
    public Expr logDensity(Expr x) {
        Expr outside = Expr.of(0);
        if (lower != null) outside = outside.plus(x.lt(lower));
        if (upper != null) outside = outside.plus(upper.lt(x));
        Expr density = of.logDensity(x).minus(logMass(of, before(of, lower), upper));
        if (outside.isPerDraw()) return Expr.where(outside, MINUS_INFINITY, density);
        if (SharedValues.all(outside, o -> o == 0)) return density;
        return density.plus(Expr.where(outside, MINUS_INFINITY, Expr.of(0)));
    }

    @Override
    public Expr logCdf(Expr x) {
        Expr none = lower == null ? Expr.of(0) : x.lt(lower);
        Expr all = upper == null ? Expr.of(0) : upper.le(x);
        Expr inside = Expr.where(none.plus(all), upper != null ? upper : requireNonNull(lower).plus(1), x);
        Expr before = before(of, lower);
        Expr part = logMass(of, before, inside).minus(logMass(of, before, upper));
        return Expr.where(none, MINUS_INFINITY, Expr.where(all, Expr.of(0), part));
    }

    @Override
    public Expr logCcdf(Expr x) {
        Expr all = lower == null ? Expr.of(0) : x.lt(lower);
        Expr none = upper == null ? Expr.of(0) : upper.le(x);
        Expr before = before(of, lower);
        Expr inside = Expr.where(none.plus(all), before != null ? before : requireNonNull(upper).minus(1), x);
        Expr part = logMass(of, inside, upper).minus(logMass(of, before, upper));
        return Expr.where(none, MINUS_INFINITY, Expr.where(all, Expr.of(0), part));
    }

    /**
     * log P(before < X <= upper). From the tail that holds the interval, or the greater part of it, as the difference of two
     * numbers near 1 has no digits. The branch that is not taken sees numbers that do no harm.
     */
    private static Expr logMass(Distribution d, @Nullable Expr before, @Nullable Expr upper) {
        if (before == null) return upper == null ? Expr.of(0) : Bounds.logCdf(d, upper);
        if (upper == null) return Bounds.logCcdf(d, before);
        Expr low = Bounds.logCdf(d, before);
        Expr fromBelow = low.lt(-LOG_2);
        Expr none = Expr.of(-1);
        Expr all = Expr.of(0);
        Expr below = Functions.logDiffExp(Expr.where(fromBelow, Bounds.logCdf(d, upper), all), Expr.where(fromBelow, low, none));
        Expr above = Functions.logDiffExp(Expr.where(fromBelow, all, Bounds.logCcdf(d, before)),
                Expr.where(fromBelow, none, Bounds.logCcdf(d, upper)));
        return Expr.where(fromBelow, below, above);
    }

    @Override
    public Optional<String> outsideSupport(Expr observed) {
        Optional<String> problem = of.outsideSupport(observed);
        if (problem.isPresent() || observed.isPerDraw()) return problem;
        if (lower != null && !lower.isPerDraw()) problem = outside(observed, observed.lt(lower), lower, "below ");
        if (problem.isEmpty() && upper != null && !upper.isPerDraw()) {
            problem = outside(observed, upper.lt(observed), upper, "above ");
        }
        return problem;
    }

    private Optional<String> outside(Expr observed, Expr is, Expr bound, String side) {
        double[] outside = SharedValues.of(is);
        for (int i = 0; i < outside.length; i++) {
            if (outside[i] == 0) continue;
            double at = Multivariate.element(SharedValues.of(bound), i);
            return Optional.of(Events.text(observed, is.shape(), i) + " is " + side + Element.text(at) + ", where "
                    + of.name() + " is truncated");
        }
        return Optional.empty();
    }

    @Override
    public double[] sample(RandomGenerator random, Shape shape, List<double[]> values) {
        Events.checkFits(this, shape);
        int n = of.parameters().size();
        double[] low = lower == null ? null : values.get(n);
        double[] high = upper == null ? null : values.get(values.size() - 1);
        return new TruncatedDraws(of, shape, values.subList(0, n), low, high).draw(random);
    }
}
