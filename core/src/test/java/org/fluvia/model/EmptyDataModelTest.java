package org.fluvia.model;

import static org.fluvia.dist.Distributions.bernoulliLogit;
import static org.fluvia.dist.Distributions.exponential;
import static org.fluvia.dist.Distributions.halfCauchy;
import static org.fluvia.dist.Distributions.multiNormal;
import static org.fluvia.dist.Distributions.normal;
import static org.fluvia.dist.Distributions.poissonLog;
import static org.fluvia.dist.Distributions.weibull;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.DrawSource;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Functions;
import org.fluvia.autodiff.Gradient;
import org.fluvia.autodiff.Matrices;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Scan;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.Workspace;
import org.fluvia.dynamics.Covariance;
import org.fluvia.dynamics.Ode;
import org.fluvia.support.Support;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Models whose data may be empty, as in Stan programs with N = 0, N_cens = 0 or N_mis = 0: log-density and gradient are those of
 * the model without the terms that say nothing, and those of differences.
 */
class EmptyDataModelTest {
    private static final Data NOTHING = Data.empty().with("y", new double[0]).with("cens", new double[0]).with("group", new double[0])
            .with("X", new double[0][0]).with("some", 0.3, -1.2, 0.8).with("n", 0);

    /** The terms of a model of mu and s that have no data, by what they are. */
    private static final Map<String, Consumer<ModelBuilder>> TERMS = new LinkedHashMap<>();
    private static final ThreadLocal<Expr[]> MU_AND_S = new ThreadLocal<>();

    private static void term(String name, Consumer<ModelBuilder> declare) {
        TERMS.put(name, declare);
    }

    private static Expr mu() {
        return MU_AND_S.get()[0];
    }

    private static Expr s() {
        return MU_AND_S.get()[1];
    }

    static {
        term("observations", m -> m.observe("y", normal(mu(), s())));
        term("a sum", m -> m.logDensity(m.data("y").minus(mu()).sum().times(s())));
        term("a sum of squares", m -> m.logDensity(m.data("y").minus(mu()).div(s()).square().times(-0.5)));
        term("a product", m -> m.logDensity(m.data("y").times(mu()).times(s())));
        term("a slice", m -> m.observe(m.data("some").slice(0, m.integer("n")), normal(mu(), s())));
        term("a slice of a vector of parameters", m -> m.logDensity(Expr.concat(mu(), s(), mu()).slice(0, 0).times(s())));
        term("elements by group", m -> m.observe("y", normal(Expr.concat(mu(), s()).get(m.data("group")), s())));
        term("sums by group", m -> m.logDensity(Functions.segmentSum(m.data("y").minus(mu()).square(), m.data("group"), 2).times(s())));
        term("a prior of length 0", m -> m.sample("b", normal(mu(), s()), 0));
        term("positive values of length 0", m -> m.sample("b", halfCauchy(s()), 0));
        term("bounded values of length 0", m -> m.parameter("b", Support.interval(mu(), mu().plus(s())), 0));
        term("no simplexes", m -> m.parameter("b", Support.simplex(), 0, 3));
        term("missing values, none", m -> m.observe(Expr.concat(m.data("y"), m.sample("missing", normal(mu(), s()), 0)), normal(mu(), s())));
        term("censored, none", m -> m.logDensity(weibull(s(), mu().exp()).logCcdf(m.data("cens"))));
        term("a regression without observations", m -> {
            Expr beta = m.sample("beta", normal(0, s()), m.data("X").shape().dim(1));
            m.observe("y", bernoulliLogit(m.data("X").matmul(beta).plus(mu())));
        });
        term("counts with an offset", m -> m.observe("y", poissonLog(mu().plus(m.data("cens").times(s())))));
        term("vectors, none", m -> m.observe(Expr.shared("v", Shape.of(0, 2)), multiNormal(Expr.concat(mu(), s()), Matrices.identity(2).times(s()))));
        term("a recurrence of no steps", m -> m.observe("y", normal(Scan.of(mu(), m.data("y"), (h, y) -> h.times(s()).plus(y)).states(), s())));
        term("a Gaussian process at no points", m -> {
            Expr l = Matrices.cholesky(Matrices.addToDiagonal(Covariance.exponentiatedQuadratic(m.data("y"), s(), s()), 1e-9));
            m.observe("y", normal(l.matmul(m.sample("z", normal(mu(), s()), 0)), s()));
        });
        term("an equation at no times", m -> m.observe("y", normal(Ode.rk45().solve((t, y) -> y.times(s()), mu().reshape(Shape.of(1)), 0,
                m.data("y")).flatten(), s())));
    }

    static List<String> terms() {
        return new ArrayList<>(TERMS.keySet());
    }

    private static Model model(Consumer<ModelBuilder> more) {
        return Model.define("test", m -> {
            Expr mu = m.sample("mu", normal(0, 5));
            Expr s = m.sample("s", exponential(1));
            MU_AND_S.set(new Expr[] {mu, s});
            more.accept(m);
        });
    }

    /** The log-density, with its gradient. */
    private static double[] at(Model model, Data data, double... u) {
        BoundModel m = model.bind(data);
        assertEquals(u.length, m.dimension());
        Expr gradient = Gradient.of(m.logDensityUnconstrained(), m.unconstrained());
        Workspace w = Program.of(m.logDensityUnconstrained(), gradient).workspace();
        w.set(m.unconstrained(), DrawSource.of(new DMatrixRMaj(u.length, 1, true, u)));
        w.run(1);
        double[] r = new double[u.length + 1];
        r[0] = w.perDraw(m.logDensityUnconstrained()).get(0, 0);
        for (int i = 0; i < u.length; i++) r[i + 1] = w.perDraw(gradient).get(i, 0);
        return r;
    }

    @ParameterizedTest
    @MethodSource("terms")
    void termsWithoutDataSayNothing(String name) {
        double[] u = {0.5, Math.log(0.1)};
        assertArrayEquals(at(model(m -> {}), NOTHING, u), at(model(TERMS.get(name)), NOTHING, u), 1e-13, name);
    }

    /** Each beside all the others, and beside observations. */
    @ParameterizedTest
    @MethodSource("terms")
    void termsWithoutDataLeaveThoseOfDataAlone(String name) {
        double[] u = {0.5, Math.log(0.7)};
        Consumer<ModelBuilder> some = m -> m.observe("some", normal(mu(), s()));
        assertArrayEquals(at(model(some), NOTHING, u), at(model(some.andThen(TERMS.get(name))), NOTHING, u), 1e-12, name);
    }

    @Test
    void theGradientOfAModelWithoutDataIsThatOfItsPrior() {
        // -mu / 25 and 1 - s, with the Jacobian of s = exp(u)
        assertArrayEquals(new double[] {-0.02, 0.9}, Arrays.copyOfRange(at(model(TERMS.get("observations")), NOTHING, 0.5, Math.log(0.1)), 1, 3), 1e-15);
    }

    /** An event has an element; of events there may be none. */
    @Test
    void emptyEventsAreRefusedByName() {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> multiNormal(Expr.vector(), Matrices.identity(0)));
        assertTrue(e.getMessage().startsWith("multiNormal: mu must not be empty") || e.getMessage().startsWith("multiNormal: sigma must not be empty"),
                e.getMessage());
    }

    @Test
    void oneOfTwoGroupsIsEmpty() {
        double[] u = {0.5, -0.3};
        for (int[] sizes : new int[][] {{0, 3}, {3, 0}, {1, 2}, {0, 0}}) {
            Data data = Data.empty().with("a", numbers(sizes[0], 0)).with("b", numbers(sizes[1], 7));
            Model model = model(m -> {
                m.observe("a", normal(mu(), s()));
                m.observe("b", normal(mu().times(2), s().plus(1)));
                m.logDensity(Expr.concat(m.data("a"), m.data("b")).minus(mu()).abs().times(s()));
            });
            double[] r = at(model, data, u);
            for (int i = 0; i < 2; i++) {
                double h = 1e-5;
                double[] up = u.clone();
                double[] down = u.clone();
                up[i] += h;
                down[i] -= h;
                double difference = (at(model, data, up)[0] - at(model, data, down)[0]) / (2 * h);
                assertEquals(difference, r[i + 1], 1e-7 * Math.max(1, Math.abs(difference)), Arrays.toString(sizes));
            }
        }
    }

    private static double[] numbers(int n, int from) {
        return IntStream.range(from, from + n).mapToDouble(Math::cos).toArray();
    }
}
