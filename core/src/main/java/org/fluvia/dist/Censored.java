package org.fluvia.dist;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.Source;
import org.fluvia.catalogue.build.Listed;
import org.fluvia.support.Support;
import org.jspecify.annotations.Nullable;

/** {@link Distributions#censored(Distribution, Expr, Expr)}. */
record Censored(Distribution of, @Nullable Expr lower, @Nullable Expr upper) implements Derived {
    /**
     * Observations that are recorded as a bound where they lie beyond it: log P(X &gt;= upper) for x at or above the upper
     * bound, log P(X &lt;= lower) for x at or below the lower bound, log p(x) for others. So record censored values as the
     * bound itself (or anything beyond); replicates are drawn and then cut to the bounds.
     *
     * <pre>{@code
     * m.observe("days", rightCensored(weibull(shape, scale), m.data("followUp"))); // days = followUp: still alive
     * }</pre>
     *
     * <p>In Stan's programs these are {@code target += weibull_lccdf(...)} for the censored ones. Counts are censored at
     * whole numbers alike: a count recorded as upper means upper or more.
     *
     * @param distribution one of numbers whose distribution function is known
     * @param lower a scalar, or one number for each observation; minus infinity where there is none
     * @param upper above lower; infinity where there is none
     */
    @Listed(source = "Stan User's Guide, Censored data", example = {"Distributions.normal(0, 1)", "-1", "2"})
    static Distribution censored(Distribution distribution, Expr lower, Expr upper) {
        return new Censored(distribution, Bounds.lower(lower), Bounds.upper(upper));
    }

    /**
     * Observations that are recorded as the bound where they lie below: log p(x) for x > lower, log P(X &lt;= lower) for
     * others. See {@link Distributions#censored(Distribution, Expr, Expr) censored}.
     */
    @Listed(source = "Stan User's Guide, Censored data", example = {"Distributions.normal(0, 1)", "-1"})
    static Distribution leftCensored(Distribution distribution, Expr lower) {
        return new Censored(distribution, Bounds.lower(lower), null);
    }

    /**
     * Observations that are recorded as the bound where they lie above, such as survival times: log p(x) for x &lt; upper,
     * log P(X >= upper) for others. See {@link Distributions#censored(Distribution, Expr, Expr) censored}.
     */
    @Listed(source = "Stan User's Guide, Censored data", example = {"Distributions.normal(0, 1)", "2"})
    static Distribution rightCensored(Distribution distribution, Expr upper) {
        return new Censored(distribution, null, Bounds.upper(upper));
    }

    Censored {
        Derived.checkCumulative("censored", of);
        Bounds.check("censored", of, lower, upper);
        for (Expr bound : Bounds.of(lower, upper)) {
            if (bound.isPerDraw()) {
                throw new IllegalArgumentException("censored: the bounds must be data, but one depends on parameters"
                        + Source.suffix() + ". Add the terms of the censored observations by m.logDensity, with logCdf and"
                        + " logCcdf of " + of.name() + ".");
            }
        }
    }

    @Override
    public String name() {
        return "censored";
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
        return of.support();
    }

    @Override
    public boolean isDiscrete() {
        return of.isDiscrete();
    }

    @Override
    public boolean hasAtoms() {
        return true;
    }

    @Override
    public Expr logDensity(Expr x) {
        Expr density = of.logDensity(x);
        if (lower != null) density = Expr.where(x.le(lower), Bounds.logCdf(of, lower), density);
        if (upper != null) density = Expr.where(upper.le(x), Bounds.logCcdf(of, Bounds.before(of, upper)), density);
        return density;
    }

    /** Where values are recorded as the bound, the bound need not lie in the support. */
    @Override
    public Optional<String> outsideSupport(Expr observed) {
        Expr censored = Expr.of(0);
        if (lower != null) censored = censored.max(observed.le(lower));
        if (upper != null) censored = censored.max(upper.le(observed));
        Expr interior = of.support().interior(observed.shape());
        if (interior.isPerDraw()) return Optional.empty();
        return of.outsideSupport(Expr.where(censored, interior, observed).named(
                observed.name() == null ? "the value" : observed.name()));
    }

    @Override
    public double[] sample(RandomGenerator random, Shape shape, List<double[]> values) {
        Events.checkFits(this, shape);
        int n = of.parameters().size();
        double[] x = of.sample(random, shape, values.subList(0, n));
        for (int i = 0; i < x.length; i++) {
            if (lower != null) x[i] = Math.max(x[i], Multivariate.element(values.get(n), i));
            if (upper != null) x[i] = Math.min(x[i], Multivariate.element(values.get(values.size() - 1), i));
        }
        return x;
    }
}
