package org.fluvia.model;

import static org.fluvia.dist.Distributions.*;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.DrawSource;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Gradient;
import org.fluvia.autodiff.NormalNoise;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Recorded;
import org.fluvia.autodiff.SharedValues;
import org.fluvia.autodiff.Workspace;
import org.fluvia.support.Support;
import org.junit.jupiter.api.Test;

class CompiledModelTest {
    private static final Data SCHOOLS = Data.empty().with("J", 8).with("y", 28, 8, -3, 7, -1, 1, 18, 12)
            .with("sigma", 15, 10, 16, 11, 9, 11, 10, 18);
    private static final Data OTHERS = SCHOOLS.with("y", 2, 3, -3, 17, -11, 1.5, 18, 0).with("sigma", 5, 1, 16, 12, 9, 3, 10, 8);

    private static final Model EIGHT_SCHOOLS = Model.define("eight schools", m -> {
        int schools = m.integer("J");
        Expr mu = m.sample("mu", normal(0, 5));
        Expr tau = m.sample("tau", halfCauchy(5));
        Expr z = m.sample("z", normal(0, 1), schools);
        m.observe("y", normal(m.derive("theta", mu.plus(tau.times(z))), m.data("sigma")));
    });

    @Test
    void otherDataAreSetWithoutRecording() {
        CompiledModel compiled = EIGHT_SCHOOLS.compile(SCHOOLS);
        Workspace w = Program.of(compiled.logDensityUnconstrained()).workspace();
        assertEquals(0, Recorded.during(() -> compiled.set(w, OTHERS)));
        assertTrue(Recorded.during(() -> EIGHT_SCHOOLS.bind(OTHERS)) > 20, "what is recorded is counted");
    }

    @Test
    void theDefinitionRunsOnceForAllData() {
        AtomicInteger runs = new AtomicInteger();
        CompiledModel compiled = Model.define("once", m -> {
            runs.incrementAndGet();
            m.observe("y", normal(m.sample("mu", normal(0, 1)), 1));
        }).compile(SCHOOLS);
        compiled.bind(SCHOOLS);
        compiled.bind(OTHERS);
        assertEquals(1, runs.get());
    }

    @Test
    void nothingIsComputedOfDataThatAreNotSet() {
        CompiledModel compiled = EIGHT_SCHOOLS.compile(SCHOOLS);
        assertEquals(List.of("J", "sigma", "y"), List.copyOf(compiled.inputs().keySet()));
        Workspace w = Program.of(compiled.logDensityUnconstrained()).workspace();
        w.set(compiled.unconstrained(), DrawSource.of(new DMatrixRMaj(compiled.dimension(), 1)));
        w.run(1);
        assertTrue(Double.isNaN(w.perDraw(compiled.logDensityUnconstrained()).data[0]));
    }

    /** A minibatch is scaled by the definition; each step sets the inputs and no program is made anew. */
    @Test
    void partsOfTheDataAddUp() {
        Model mean = Model.define("mean", m -> m.observe("y", normal(m.parameter("mu", Support.real()), 1)));
        CompiledModel part = mean.compile(Data.empty().with("y", 0, 0));
        Workspace w = Program.of(part.logDensity()).workspace();
        w.set(part.unconstrained(), DrawSource.of(new DMatrixRMaj(1, 1, true, 0.7)));
        double sum = 0;
        for (double[] y : new double[][] {{1, 2}, {3, -4}, {0.5, 6}}) {
            part.set(w, Data.empty().with("y", y));
            w.run(1);
            sum += w.perDraw(part.logDensity()).data[0];
        }
        BoundModel whole = mean.bind(Data.empty().with("y", 1, 2, 3, -4, 0.5, 6));
        Workspace all = Program.of(whole.logDensity()).workspace();
        all.set(whole.unconstrained(), DrawSource.of(new DMatrixRMaj(1, 1, true, 0.7)));
        all.run(1);
        assertEquals(all.perDraw(whole.logDensity()).data[0], sum, 1e-12);
    }

    /** Sums over data are taken once when data are bound, and not where they are inputs. */
    @Test
    void regressionsAreAsTheyAreBound() {
        int n = 60;
        Data one = regression(n, 1);
        Data two = regression(n, 2);
        agrees(one, two, m -> {
            Expr beta = m.sample("beta", normal(0, 2), 3);
            Expr sigma = m.sample("sigma", halfNormal(2));
            m.observe("y", normal(m.data("X").matmul(beta), sigma));
        });
        agrees(one, two, m -> {
            Expr beta = m.sample("beta", normal(0, 2), 3);
            m.observe("count", poissonLog(m.data("X").matmul(beta)));
        });
        agrees(one, two, m -> {
            Expr a = m.sample("a", normal(0, 1), 4);
            m.observe("y", normal(a.get(m.data("group").minus(1)), 1));
        });
        agrees(one, two, m -> {
            Expr a = m.sample("a", normal(0, 1));
            m.observe("success", binomialLogit(m.data("count").plus(3), a));
        });
    }

    @Test
    void truncatedAndCensoredDataAreAsTheyAreBound() {
        Data one = Data.empty().with("y", 1.2, 2, 3.3, 1.7).with("low", 1, 1, 2, 1.5).with("late", 3, 4);
        Data two = Data.empty().with("y", 2.2, 5, 4.3, 1.9).with("low", 0.5, 1.5, 3, 1).with("late", 2.5, 7);
        agrees(one, two, m -> {
            Expr mu = m.sample("mu", normal(0, 2));
            m.observe("y", truncated(normal(mu, 1), m.data("low"), Expr.of(Double.POSITIVE_INFINITY)));
            m.logDensity(normal(mu, 1).logCcdf(m.data("late")));
        });
    }

    /** All rows have one mean and covariance, whose sums are not taken where data are inputs. */
    @Test
    void eventsAreAsTheyAreBoundButForRounding() {
        Data one = Data.empty().with("y", rows(12, 1));
        Data two = Data.empty().with("y", rows(12, 2));
        agrees(one, two, 1e-12, m -> {
            Expr mu = m.sample("mu", normal(0, 2), 2);
            Expr l = m.parameter("L", Support.choleskyFactorCov(), 2, 2);
            m.observe("y", multiNormalCholesky(mu, l));
        });
    }

    @Test
    void valuesOfARecurrenceMayChange() {
        Data one = Data.empty().with("y", 1.2, 2, 3.3, 1.7);
        agrees(one, Data.empty().with("y", 2.2, -5, 4.3, 1.9), m -> {
            Expr phi = m.sample("phi", normal(0, 1));
            Expr y = m.data("y");
            Expr state = Expr.of(0);
            for (int t = 0; t < 4; t++) {
                state = state.times(phi).plus(y.get(t));
                m.logDensity(state.square().times(-0.5));
            }
        });
    }

    private static void agrees(Data one, Data two, Consumer<ModelBuilder> definition) {
        agrees(one, two, 0, definition);
    }

    /** @param rounding by which the model put in from the recording may differ from the one bound */
    private static void agrees(Data one, Data two, double rounding, Consumer<ModelBuilder> definition) {
        Model model = Model.define("m", definition);
        CompiledModel compiled = model.compile(one);
        Expr gradient = Gradient.of(compiled.logDensityUnconstrained(), compiled.unconstrained());
        Workspace w = Program.of(compiled.logDensityUnconstrained(), gradient).workspace();
        double before = Double.NaN;
        for (Data data : List.of(one, two, one)) {
            double[] expected = evaluated(model.bind(data));
            double size = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
            assertArrayEquals(expected, evaluated(compiled.bind(data)), rounding * size);
            compiled.set(w, data);
            w.set(compiled.unconstrained(), DrawSource.of(at(compiled.dimension())));
            w.run(3);
            double[] actual = joined(w.perDraw(compiled.logDensityUnconstrained()), w.perDraw(gradient));
            assertArrayEquals(expected, actual, 1e-12 * size);
            assertNotEquals(before, actual[0], "the data matter");
            before = actual[0];
        }
    }

    private static double[] evaluated(BoundModel model) {
        Expr gradient = Gradient.of(model.logDensityUnconstrained(), model.unconstrained());
        Workspace w = Program.of(model.logDensityUnconstrained(), gradient).workspace();
        w.set(model.unconstrained(), DrawSource.of(at(model.dimension())));
        w.run(3);
        return joined(w.perDraw(model.logDensityUnconstrained()), w.perDraw(gradient));
    }

    private static double[] joined(DMatrixRMaj density, DMatrixRMaj gradient) {
        double[] all = Arrays.copyOf(density.data, 3 + gradient.getNumElements());
        System.arraycopy(gradient.data, 0, all, 3, gradient.getNumElements());
        return all;
    }

    private static DMatrixRMaj at(int dimension) {
        DMatrixRMaj at = new DMatrixRMaj(dimension, 3);
        NormalNoise.of(5).fill(0, 3, dimension, at.data, 0, 3);
        return at;
    }

    private static double[][] rows(int n, int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] rows = new double[n][2];
        for (double[] row : rows) for (int j = 0; j < 2; j++) row[j] = random.nextGaussian();
        return rows;
    }

    private static Data regression(int n, int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] x = new double[n][3];
        double[] y = new double[n];
        double[] count = new double[n];
        double[] success = new double[n];
        double[] group = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < 3; j++) x[i][j] = random.nextGaussian();
            y[i] = random.nextGaussian();
            count[i] = random.nextInt(6);
            success[i] = random.nextInt(3);
            group[i] = 1 + random.nextInt(4);
        }
        return Data.empty().with("X", x).with("y", y).with("count", count).with("success", success).with("group", group);
    }

    @Test
    void whatIsObservedAndReportedIsThatOfTheNewData() {
        BoundModel fresh = EIGHT_SCHOOLS.bind(OTHERS);
        BoundModel again = EIGHT_SCHOOLS.compile(SCHOOLS).bind(OTHERS);
        assertEquals(fresh.toString(), again.toString());
        assertEquals(OTHERS, again.data());
        assertArrayEquals(OTHERS.values("y"), SharedValues.of(again.observations().get(0).values()));
        List<Expr> parameters = again.observations().get(0).distribution().parameters();
        assertArrayEquals(OTHERS.values("sigma"), SharedValues.of(parameters.get(1)));
    }

    @Test
    void dataThatAreCheckedAreCheckedAgain() {
        CompiledModel schools = EIGHT_SCHOOLS.compile(SCHOOLS);
        assertMessage("normal: scale must be positive and finite, but was -2.0 (sigma[3], CompiledModelTest.java:", schools,
                SCHOOLS.with("sigma", 15, 10, -2, 11, 9, 11, 10, 18));
        assertMessage("data: y[2] in the data must be a number, but is NaN", schools, SCHOOLS.with("y", 1, Double.NaN, 0, 0, 0, 0, 0, 0));
        assertMessage("data: y in the data must have shape (8), as in the data that the model was compiled for, but has (2)", schools,
                SCHOOLS.with("y", 1, 2));
        assertMessage("data: sigma in the data must have shape (8), as in the data that the model was compiled for, but is missing", schools,
                Data.empty().with("J", 8).with("y", new double[8]));

        CompiledModel counts = Model.define("counts", m -> m.observe("n", poisson(m.sample("rate", exponential(1)))))
                .compile(Data.empty().with("n", 1, 2, 3));
        assertMessage("observe: n[2] = -1 is outside the support of poisson (whole numbers from 0) (CompiledModelTest.java:", counts,
                Data.empty().with("n", 1, -1, 3));

        CompiledModel groups = Model.define("groups", m -> m.logDensity(m.sample("a", normal(0, 1), 3).get(m.data("g").minus(1))))
                .compile(Data.empty().with("g", 1, 2, 3));
        assertMessage("get: index 3 of g must be a whole number from 0 to 2, but was 3 (CompiledModelTest.java:", groups,
                Data.empty().with("g", 1, 2, 4));
    }

    @Test
    void dataThatDecideWhatIsRecordedMustStay() {
        assertMessage("data: J in the data must be as it is in the data that the model was compiled for, as it decides what is recorded."
                + " Compile the model anew for others.", EIGHT_SCHOOLS.compile(SCHOOLS), SCHOOLS.with("J", 7));
        CompiledModel missing = Model.define("missing", m -> {
            double[] y = m.numbers("y");
            Expr mu = m.sample("mu", normal(0, 1));
            for (double v : y) if (!Double.isNaN(v)) m.logDensity(mu.minus(v).square().times(-0.5));
        }).compile(Data.empty().with("y", 1, Double.NaN, 3));
        missing.bind(Data.empty().with("y", 1, Double.NaN, 3));
        assertMessage("data: y in the data must be as it is", missing, Data.empty().with("y", 1, 2, 3));
        CompiledModel bounds = Model.define("bounds", m -> m.parameter("p", Support.interval(m.data("low"), m.data("high"))))
                .compile(Data.empty().with("low", 0).with("high", 2));
        assertMessage("data: high in the data must be as it is in the data that the model was compiled for, as it decides what is recorded"
                + " (CompiledModelTest.java:", bounds, Data.empty().with("low", 0).with("high", 3));
    }

    private static void assertMessage(String start, CompiledModel compiled, Data data) {
        String message = assertThrows(IllegalArgumentException.class, () -> compiled.bind(data)).getMessage();
        assertTrue(message.startsWith(start), message);
    }
}
