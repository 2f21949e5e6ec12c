package org.fluvia.vi.budget;

import static org.fluvia.dist.Distributions.normal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Functions;
import org.fluvia.autodiff.Workers;
import org.fluvia.model.BoundModel;
import org.fluvia.model.Data;
import org.fluvia.model.Model;
import org.fluvia.model.ModelException;
import org.fluvia.vi.Fit;
import org.fluvia.vi.density.Target;
import org.junit.jupiter.api.Test;

/** What does not fit into the memory is said before it is taken: which part, how much of how much, and what to do. */
class MemoryTest {
    private static final long GIB = 1L << 30;

    private static BoundModel normals(int d) {
        return Model.define("normals", m -> m.sample("x", normal(0, 1), d)).bind(Data.empty());
    }

    private static Memory of(double gib) {
        return new Memory(() -> (long) (gib * GIB), (long) (gib * GIB));
    }

    private static String refused(Runnable check) {
        return assertThrows(ModelException.class, check::run).getMessage();
    }

    @Test
    void manyParametersNeedTheirCovariance() {
        assertEquals("fit: the Gaussian of 8000 parameters would take about 9.5 GiB of memory (20 matrices of 8000 x 8000), and 4.0 GiB of"
                + " 4.0 GiB are free. Give the JVM more by -Xmx11g (FLUVIA_OPTS=-Xmx11g for the command), or take one thread, which needs"
                + " less.", refused(() -> of(4).check(normals(8000), 40_000, 10_000, 2)));
        of(18).check(normals(8000), 40_000, 10_000, 2);
        of(14).check(normals(8000), 40_000, 10_000, 1);
        of(2).check(normals(1000), 40_000, 10_000, 2);
    }

    @Test
    void thereIsAMostOfParameters() {
        for (int d : new int[] {46_341, 100_000, 10_000_000}) {
            String message = refused(() -> of(1e6).check(normals(d), 40_000, 10_000, 2));
            assertTrue(message.startsWith("fit: normals has " + d + " parameters"), message);
        }
    }

    @Test
    void manyDrawsAreNotTheParametersFault() {
        String message = refused(() -> of(1).check(normals(300), 1_000_000, 1_000_000, 2));
        assertTrue(message.startsWith("fit: the draws would take about 11.6 GiB") && message.endsWith("or ask for fewer draws."), message);
        assertTrue(refused(() -> of(1e6).check(normals(300), 40_000, 1_000_000_000, 2)).contains("Ask for fewer draws"));
        BoundModel derives = Model.define("derives", m -> m.derive("many", Expr.vector(new double[50_000]).times(m.sample("x", normal(0, 1)))))
                .bind(Data.empty());
        assertTrue(refused(() -> of(1).check(derives, 40_000, 10_000, 2)).contains("50001 x 10000"));
    }

    @Test
    void whatTheModelComputesCounts() {
        int n = 2_000_000;
        Expr numbers = Expr.vector(new double[n]);
        BoundModel model = Model.define("large", m -> {
            Expr x = m.sample("x", normal(0, 1), 2);
            m.logDensity(Functions.cumulativeSum(Expr.concat(numbers.times(x.get(0)), numbers.times(x.get(1))).times(x.get(0))).square().sum());
        }).bind(Data.empty());
        try (Workers workers = Workers.of(2)) {
            Target target = new Target(model, workers);
            String message = refused(() -> target.check(of(0.1)));
            assertTrue(message.startsWith("fit: the log-density and its gradient would take about "), message);
            target.check(of(100));
        }
    }

    /** In a fit: nothing is taken before. */
    @Test
    void aFitSaysSo() {
        String message = assertThrows(ModelException.class, () -> Fit.of(Model.define("normals", m -> m.sample("x", normal(0, 1), 40_000)))
                .threads(2).run()).getMessage();
        assertTrue(message.startsWith("fit: the Gaussian of 40000 parameters would take about 238.4 GiB"), message);
    }
}
