package org.fluvia.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Gradient;
import org.fluvia.autodiff.Shape;
import org.fluvia.support.Replay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every distribution of no events: the sum over them is 0, its derivatives are 0, and those of what stands beside it stay. Data
 * without elements, parameters of length 0 with a prior, and parameters of distributions of length 0.
 */
class EmptyDataTest {
    private static final Shape NONE = Shape.of(0);

    static List<FamilyCase> families() {
        return FamilyCase.all();
    }

    static List<CompositeCase> composites() {
        return CompositeCase.all();
    }

    static List<EventReference> events() {
        return EventReference.ALL;
    }

    static List<String> categories() {
        return List.copyOf(CATEGORIES.keySet());
    }

    /** The sum alone, and beside terms of every input: bit for bit as if it were not there. */
    private static void isNothing(String what, List<Expr> inputs, double[] point, Expr sum, Expr beside) {
        Expr elsewhere = beside;
        for (Expr input : inputs) elsewhere = elsewhere.plus(input.plus(1.5).square().sum());
        List<Expr> outputs = new ArrayList<>(List.of(sum, elsewhere, elsewhere.plus(sum)));
        for (int i = 0; i < 3; i++) outputs.addAll(Gradient.of(outputs.get(i), inputs));
        double[] r = Replay.at(point, inputs, outputs.toArray(new Expr[0]));
        int n = point.length;
        assertEquals(0, r[0], what + ": the sum of nothing");
        assertEquals(r[1], r[2], what + ": a sum beside nothing");
        for (int i = 0; i < n; i++) {
            assertEquals(0, r[3 + i], 0, what + ": derivative " + i + " of nothing");
            assertEquals(r[3 + n + i], r[3 + 2 * n + i], what + ": derivative " + i + " beside nothing");
            assertTrue(Double.isFinite(r[3 + n + i]), what + ": derivative " + i + " of what is beside");
        }
        assertTrue(n == 0 || Arrays.stream(r, 3 + n, 3 + 2 * n).anyMatch(d -> d != 0), what + ": nothing beside");
    }

    /** Log-densities, and distribution functions where there are any, at data and at a value per draw of no elements. */
    private static List<Expr> sumsOfNothing(Distribution d, Shape shape) {
        Expr data = Expr.shared("data", shape);
        Expr draws = Expr.vector().reshape(shape).repeatedOverDraws();
        List<Expr> sums = new ArrayList<>(List.of(d.logDensity(data).sum(), d.totalLogDensity(data),
                d.replicating(data).logDensity(data).sum()));
        if (!(d instanceof Categories)) sums.add(d.logDensity(draws).sum()); // a category is always data
        if (d instanceof Cumulative c) {
            for (Expr x : List.of(data, draws)) sums.addAll(List.of(c.logCdf(x).sum(), c.logCcdf(x).sum()));
        }
        assertTrue(d.outsideSupport(data).isEmpty());
        return sums;
    }

    @ParameterizedTest
    @MethodSource("families")
    void aFamilyOfNumbers(FamilyCase family) {
        double[] p = family.typical()[0];
        for (int empty = 0; empty < 1 << p.length; empty++) {
            List<Expr> scalars = new ArrayList<>();
            List<Expr> inputs = new ArrayList<>();
            List<Double> point = new ArrayList<>();
            Expr[] parameters = new Expr[p.length];
            for (int k = 0; k < p.length; k++) {
                boolean none = (empty >> k & 1) == 1;
                parameters[k] = Expr.perDraw(family.parameters().get(k).name(), none ? NONE : Shape.scalar());
                inputs.add(parameters[k]);
                if (!none) point.add(p[k]);
                if (!none) scalars.add(parameters[k]);
            }
            double[] values = point.stream().mapToDouble(Double::doubleValue).toArray();
            Distribution d = family.of(parameters);
            Expr beside = empty > 0 ? Expr.of(0.5) : d.logDensity(Expr.vector(family.points(p)[0], family.points(p)[1])).sum();
            for (Expr sum : sumsOfNothing(d, NONE)) isNothing(family + " " + empty, inputs, values, sum, beside);
            // parameters of no elements that depend on scalars, as a linear predictor of no observations
            if (empty == 0 || scalars.isEmpty()) continue;
            Expr[] repeated = parameters.clone();
            for (int k = 0; k < p.length; k++) {
                if ((empty >> k & 1) == 1) repeated[k] = Expr.vector().times(scalars.get(0)).plus(parameters[k]);
            }
            for (Expr sum : sumsOfNothing(family.of(repeated), NONE)) isNothing(family + " of scalars", inputs, values, sum, beside);
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void dataParametersOfNoElements(FamilyCase family) {
        double[] p = family.typical()[0];
        Expr x = Expr.perDraw("x", Shape.scalar());
        Expr[] none = new Expr[p.length];
        for (int k = 0; k < p.length; k++) none[k] = Expr.shared(family.parameters().get(k).name(), NONE);
        Distribution d = family.of(none);
        double inside = family.points(p)[1];
        // a number is compared with each element of the parameters, of which there are none
        if (p.length > 0) {
            isNothing(family + " at a number", List.of(x), new double[] {inside}, d.logDensity(x).sum(), family.of(p).logDensity(x).sum());
        }
    }

    @ParameterizedTest
    @MethodSource("composites")
    void aDistributionMadeOfOthers(CompositeCase c) {
        Expr[] parameters = new Expr[c.parameters().length];
        Arrays.setAll(parameters, k -> Expr.perDraw("p" + k, Shape.scalar()));
        Distribution d = c.of().apply(parameters);
        Expr beside = d.logDensity(Expr.vector(c.x())).sum();
        for (Expr sum : sumsOfNothing(d, NONE)) isNothing(c.label(), List.of(parameters), c.parameters(), sum, beside);
    }

    @ParameterizedTest
    @MethodSource("events")
    void noVectorsOrMatrices(EventReference r) {
        EventFamily family = EventFamily.all().stream().filter(f -> f.name().equals(r.name())).findFirst().orElseThrow();
        List<Expr> inputs = family.inputs(r);
        List<Expr> parameters = inputs.subList(1, 1 + family.parameters().size());
        double[] point = Arrays.copyOfRange(r.point(), r.x().elements().length, r.point().length);
        Distribution d = family.of(parameters);
        if (d.misfit(leading(r.x().shape())).isPresent()) return; // several events by their parameters' leading axes
        Expr beside = d.logDensity(r.x().data("x")).sum();
        for (Expr sum : sumsOfNothing(d, leading(r.x().shape()))) isNothing(r.name(), parameters, point, sum, beside);
    }

    private static Shape leading(Shape event) {
        int[] dims = new int[event.rank() + 1];
        System.arraycopy(event.dims(), 0, dims, 1, event.rank());
        return Shape.of(dims);
    }

    private static final Expr ALPHA = Expr.perDraw("alpha", Shape.scalar());
    private static final Expr BETA = Expr.perDraw("beta", Shape.of(2));
    private static final Expr POSITIVE = Expr.perDraw("positive", Shape.scalar());
    private static final Expr INCREASING = Expr.concat(ALPHA, ALPHA.plus(POSITIVE));
    /** Functions of the number of observations. */
    private static final Map<String, Function<Integer, Distribution>> CATEGORIES = new LinkedHashMap<>();

    static {
        Expr weights = Expr.concat(POSITIVE, Expr.of(1).minus(POSITIVE));
        CATEGORIES.put("categorical", n -> Distributions.categorical(weights));
        CATEGORIES.put("categoricalLogit", n -> Distributions.categoricalLogit(BETA));
        CATEGORIES.put("orderedLogistic", n -> Distributions.orderedLogistic(x(n).matmul(BETA), INCREASING));
        CATEGORIES.put("orderedProbit", n -> Distributions.orderedProbit(x(n).matmul(BETA), INCREASING));
        CATEGORIES.put("normalIdGlm", n -> Distributions.normalIdGlm(x(n), ALPHA, BETA, POSITIVE));
        CATEGORIES.put("bernoulliLogitGlm", n -> Distributions.bernoulliLogitGlm(x(n), ALPHA, BETA));
        CATEGORIES.put("binomialLogitGlm", n -> Distributions.binomialLogitGlm(Expr.of(9), x(n), ALPHA, BETA));
        CATEGORIES.put("poissonLogGlm", n -> Distributions.poissonLogGlm(x(n), ALPHA, BETA));
        CATEGORIES.put("negBinomial2LogGlm", n -> Distributions.negBinomial2LogGlm(x(n), ALPHA, BETA, POSITIVE));
        CATEGORIES.put("categoricalLogitGlm", n -> Distributions.categoricalLogitGlm(x(n), Expr.concat(ALPHA, POSITIVE),
                Expr.concat(BETA, BETA.square()).reshape(Shape.of(2, 2))));
        CATEGORIES.put("orderedLogisticGlm", n -> Distributions.orderedLogisticGlm(x(n), BETA, INCREASING));
    }

    private static Expr x(int n) {
        double[] v = new double[2 * n];
        Arrays.setAll(v, i -> Math.cos(i));
        return Expr.shared("X", Shape.of(n, 2), v);
    }

    @Test
    void theTableHasEveryFactoryOfCategoriesAndRegressions() {
        assertEquals(FamilyCase.named(Family.Kind.CATEGORIES, Family.Kind.REGRESSIONS), new TreeSet<>(CATEGORIES.keySet()));
    }

    @ParameterizedTest
    @MethodSource("categories")
    void categoriesAndRegressionsWithoutObservations(String name) {
        List<Expr> inputs = List.of(ALPHA, BETA, POSITIVE);
        double[] point = {0.3, -0.4, 0.7, 0.6};
        Expr beside = CATEGORIES.get(name).apply(3).logDensity(Expr.vector(1, 1, 1)).sum();
        for (Expr sum : sumsOfNothing(CATEGORIES.get(name).apply(0), NONE)) isNothing(name, inputs, point, sum, beside);
    }

    /** A regression without predictors is one on its intercept. */
    @Test
    void regressionsWithoutPredictors() {
        Expr none = Expr.shared("X", Shape.of(3, 0));
        Expr empty = Expr.perDraw("beta", NONE);
        Expr y = Expr.shared("y", Shape.of(3), 1, 0, 1);
        Map<Distribution, Distribution> pairs = new LinkedHashMap<>();
        pairs.put(Distributions.normalIdGlm(none, ALPHA, empty, POSITIVE), Distributions.normal(ALPHA, POSITIVE));
        pairs.put(Distributions.bernoulliLogitGlm(none, ALPHA, empty), Distributions.bernoulliLogit(ALPHA));
        pairs.put(Distributions.binomialLogitGlm(Expr.of(9), none, ALPHA, empty), Distributions.binomialLogit(Expr.of(9), ALPHA));
        pairs.put(Distributions.poissonLogGlm(none, ALPHA, empty), Distributions.poissonLog(ALPHA));
        pairs.put(Distributions.negBinomial2LogGlm(none, ALPHA, empty, POSITIVE), Distributions.negBinomial2Log(ALPHA, POSITIVE));
        List<Expr> inputs = List.of(ALPHA, POSITIVE, empty);
        pairs.forEach((glm, plain) -> {
            for (Expr sum : List.of(glm.logDensity(y).sum(), glm.totalLogDensity(y))) {
                Expr expected = plain.logDensity(y).sum();
                List<Expr> outputs = new ArrayList<>(List.of(sum, expected));
                outputs.addAll(Gradient.of(sum, inputs));
                outputs.addAll(Gradient.of(expected, inputs));
                double[] r = Replay.at(new double[] {0.3, 0.6}, inputs, outputs.toArray(new Expr[0]));
                assertEquals(r[1], r[0], 1e-13 * Math.abs(r[1]), glm.name());
                for (int i = 2; i < 4; i++) assertEquals(r[i + 2], r[i], 1e-12 * Math.max(1, Math.abs(r[i])), glm.name());
            }
        });
    }
}
