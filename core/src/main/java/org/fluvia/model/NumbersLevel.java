package org.fluvia.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.dist.Distribution;
import org.fluvia.dist.Families;
import org.fluvia.dist.Family;
import org.fluvia.support.Support;
import org.jspecify.annotations.Nullable;

/**
 * A level of numbers, each with a location and a scale: z = loc + scale^(1 - c) (y - c loc). So y has the prior's family with location
 * c loc and scale scale^c. A parameter with a log-normal prior is one in its logarithm.
 *
 * @param family of the prior of the unconstrained value
 * @param parameters of the prior, the last two its location and scale
 * @param shape of the parameter
 * @param prior the term of the model's log-density, on the constrained scale
 */
record NumbersLevel(Family family, List<Expr> parameters, Shape shape, Expr prior) implements Level {

    /** See {@link Level#of}. */
    static Optional<Level> of(Distribution prior, Support support, Shape shape, Expr term) {
        boolean isLogNormal = prior.name().equals("logNormal");
        List<Expr> parameters = prior.parameters();
        if (parameters.size() < 2 || !parameters.get(parameters.size() - 1).isPerDraw()
                || !support.equals(prior.support()) || !support.equals(isLogNormal ? Support.positive() : Support.real())) return Optional.empty();
        return Families.table().find(isLogNormal ? "normal" : prior.name()).filter(NumbersLevel::endsInLocationAndScale)
                .map(f -> new NumbersLevel(f, parameters, shape, term));
    }

    private static boolean endsInLocationAndScale(Family family) {
        List<String> names = family.parameters().stream().map(Family.Parameter::name).toList();
        return names.size() >= 2 && names.subList(names.size() - 2, names.size()).equals(List.of("loc", "scale"));
    }

    @Override
    public Level with(List<Expr> others) {
        return new NumbersLevel(family, others, shape, prior);
    }

    @Override
    public Expr moved(Expr y, double[] from, double[] to) {
        if (Arrays.equals(from, to)) return y;
        double[] power = new double[to.length];
        for (int i = 0; i < to.length; i++) power[i] = to[i] - from[i];
        Expr fromLoc = times(loc(), from);
        Expr toLoc = times(loc(), to);
        Expr x = y.reshape(shape);
        Expr scaled = (fromLoc == null ? x : x.minus(fromLoc)).times(scaleTo(power));
        return (toLoc == null ? scaled : scaled.plus(toLoc)).flatten();
    }

    @Override
    public Expr logDensity(Expr y, double[] centring) {
        List<Expr> all = new ArrayList<>(parameters.subList(0, parameters.size() - 2));
        Expr loc = times(loc(), centring);
        all.add(loc == null ? Expr.of(0) : loc);
        all.add(scaleTo(centring));
        return family.of(all).logDensity(y.reshape(shape)).sum();
    }

    @Override
    public Expr logAbsDet(double[] centring) {
        double[] power = new double[centring.length];
        for (int i = 0; i < power.length; i++) power[i] = 1 - centring[i];
        Expr logs = scale().log().times(constant(power));
        return logs.shape().isScalar() ? logs.times(shape.size()) : logs.sum();
    }

    private Expr loc() {
        return parameters.get(parameters.size() - 2);
    }

    private Expr scale() {
        return parameters.get(parameters.size() - 1);
    }

    private @Nullable Expr times(Expr loc, double[] factors) {
        if (Arrays.stream(factors).allMatch(f -> f == 0)) return null;
        return Arrays.stream(factors).allMatch(f -> f == 1) ? loc : loc.times(constant(factors));
    }

    private Expr scaleTo(double[] power) {
        if (Arrays.stream(power).allMatch(p -> p == 0)) return Expr.of(1);
        if (Arrays.stream(power).allMatch(p -> p == 1)) return scale();
        return scale().log().times(constant(power)).exp();
    }

    /** A scalar where all are equal. */
    private Expr constant(double[] x) {
        return Arrays.stream(x).allMatch(v -> v == x[0]) ? Expr.of(x[0]) : Expr.vector(x).reshape(shape);
    }
}
