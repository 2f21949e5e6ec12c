package org.fluvia.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.analysis.NonFinite;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgramTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void memoryPlanningChangesNoValue(int seed) {
        for (int operations : new int[] {6, 15, 40, 120}) agreesWithDualNumbers(new RandomGraph(5, 1000L * seed + operations, operations));
    }

    /** From 192 elements on vectors are computed block by block of rows. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void blocksOfRowsChangeNoValue(int seed) {
        for (int operations : new int[] {6, 12, 25}) agreesWithDualNumbers(new RandomGraph(200, 1000L * seed + operations, operations));
    }

    private static void agreesWithDualNumbers(RandomGraph g) {
        Expr loss = g.loss();
        int draws = 9;
        double[] z = new Random(5).doubles((long) g.n * draws, -2, 2).toArray();
        double[] along = new Random(6).doubles((long) g.n * draws, -1, 1).toArray();
        List<Expr> gradients = Gradient.of(loss, List.of(g.z, g.weights));
        Workspace w = Program.of(loss, gradients.get(0), gradients.get(1)).workspace();
        w.set(g.z, DrawSource.of(DMatrixRMaj.wrap(g.n, draws, z)));
        w.run(draws);
        DualOracle.Dual[] oracle = DualOracle.evaluate(loss, draws, Map.of(g.z, z), Map.of(g.z, along))[0];
        for (int j = 0; j < draws; j++) {
            assertEquals(oracle[j].v(), w.perDraw(loss).get(0, j), 1e-11 * Math.max(1, Math.abs(oracle[j].v())));
            double slope = 0;
            double scale = 1;
            for (int i = 0; i < g.n; i++) {
                double term = w.perDraw(gradients.get(0)).get(i, j) * along[i * draws + j];
                slope += term;
                scale = Math.max(scale, Math.abs(term));
            }
            assertEquals(oracle[j].t(), slope, 1e-10 * Math.max(scale, Math.abs(oracle[j].t())));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 9, 63, 64, 65, 256, 1000, 1021})
    void resultsHaveTheSameBitsForAnyNumberOfThreads(int draws) {
        RandomGraph g = new RandomGraph(5, 7, 60);
        Expr loss = g.loss();
        List<Expr> outputs = new ArrayList<>(Gradient.of(loss, List.of(g.z, g.weights, g.matrix)));
        outputs.add(loss);
        outputs.add(loss.sumDraws());
        Program program = Program.of(outputs);
        double[] one = run(program, g, outputs, draws, 1);
        for (int threads : new int[] {2, 3, 8}) assertArrayEquals(one, run(program, g, outputs, draws, threads), "threads " + threads);
    }

    @Test
    void aProductPlusASharedVectorIsOneOperationUnlessTheProductIsNeededToo() {
        Expr z = Expr.perDraw("z", Shape.of(3));
        Expr matrix = Expr.shared("matrix", Shape.of(5, 3), new Random(1).doubles(15).toArray());
        Expr bias = Expr.shared("bias", Shape.of(5), new Random(2).doubles(5).toArray());
        Expr product = matrix.matmul(z);
        Expr layer = product.plus(bias);
        Program fused = Program.of(layer);
        Program apart = Program.of(layer, product);
        assertEquals(1, fused.operations());
        assertEquals(2, apart.operations());
        double[] values = new Random(3).doubles(3 * 11, -2, 2).toArray();
        double[][] results = new double[2][];
        for (Program p : List.of(fused, apart)) {
            Workspace w = p.workspace();
            w.set(z, DrawSource.of(DMatrixRMaj.wrap(3, 11, values)));
            w.run(11);
            results[p == fused ? 0 : 1] = w.perDraw(layer).data.clone();
        }
        assertArrayEquals(results[1], results[0], 1e-15);
    }

    private static double[] run(Program program, RandomGraph g, List<Expr> outputs, int draws, int threads) {
        try (Workers workers = Workers.of(threads)) {
            Workspace w = program.workspace(workers);
            w.set(g.z, NormalNoise.of(11));
            w.run(3); // another number of draws before must not matter
            w.run(draws);
            List<Double> all = new ArrayList<>();
            for (Expr x : outputs) {
                double[] v = new double[x.shape().size()];
                if (x.isPerDraw()) {
                    v = Arrays.copyOf(w.perDraw(x).data, x.shape().size() * draws);
                } else {
                    w.shared(x, v, 0);
                }
                for (double d : v) all.add(d);
            }
            return all.stream().mapToDouble(d -> d).toArray();
        }
    }

    @Test
    void aDrawsResultDoesNotDependOnTheOthers() {
        RandomGraph g = new RandomGraph(5, 21, 60);
        Expr loss = g.loss();
        Workspace w = Program.of(loss).workspace();
        w.set(g.z, NormalNoise.of(4));
        w.run(700);
        double[] many = Arrays.copyOf(w.perDraw(loss).data, 700);
        w.run(3);
        assertArrayEquals(Arrays.copyOf(many, 3), Arrays.copyOf(w.perDraw(loss).data, 3));
    }

    @Test
    void commonSubexpressionsAreComputedOnce() {
        Expr z = Expr.perDraw("z", Shape.of(3));
        Expr y = z.exp().plus(z.exp().times(z.exp()));
        assertEquals(3, Program.of(y).operations());
        assertEquals(1, Program.of(z.exp().withDerivativeOf(z.tanh())).operations());
    }

    @Test
    void sharedValuesFollowTheirInputs() {
        Expr z = Expr.perDraw("z", Shape.scalar());
        Expr a = Expr.shared("a", Shape.scalar(), 2);
        Expr b = Expr.shared("b", Shape.scalar(), 1);
        Expr y = z.times(a.exp().plus(b));
        Workspace w = Program.of(y).workspace();
        w.set(z, DrawSource.of(new DMatrixRMaj(new double[][] {{1}})));
        w.run(1);
        assertEquals(Math.exp(2) + 1, w.perDraw(y).get(0), 1e-15 * 10);
        w.set(b, new double[] {9, 5}, 1);
        w.run(1);
        assertEquals(Math.exp(2) + 5, w.perDraw(y).get(0), 1e-15 * 20);
        w.set(a, new double[] {0}, 0);
        w.run(1);
        assertEquals(6, w.perDraw(y).get(0));
    }

    @Test
    void aFailureInAWorkerReachesTheCallerAndTheNextRunWorks() {
        Expr z = Expr.perDraw("z", Shape.of(2));
        boolean[] fail = {true};
        Expr y = z.external((x, gradient) -> {
            if (fail[0]) throw new IllegalStateException("my own code");
            return x[0];
        });
        try (Workers workers = Workers.of(3)) {
            Workspace w = Program.of(y).workspace(workers);
            w.set(z, NormalNoise.of(1));
            assertEquals("my own code", assertThrows(IllegalStateException.class, () -> w.run(1000)).getMessage());
            fail[0] = false;
            w.run(1000);
            assertTrue(Double.isFinite(w.perDraw(y).get(0, 999)));
        }
    }

    @Test
    void thousandsOfOperationsInARowNeedNoStack() {
        Expr x = Expr.perDraw("x", Shape.scalar());
        Expr y = x;
        for (int i = 0; i < 50_000; i++) y = y.times(0.9999).plus(0.0001);
        Expr g = Gradient.of(y, x);
        Workspace w = Program.of(y, g).workspace();
        w.set(x, DrawSource.of(new DMatrixRMaj(new double[][] {{3}})));
        w.run(1);
        assertEquals(Math.pow(0.9999, 50_000), w.perDraw(g).get(0), 1e-12);
    }

    @Test
    void theFirstOperationThatBreaksIsNamed() {
        Expr u = Expr.perDraw("u", Shape.of(2));
        Expr tau = u.get(0).named("tau");
        Expr y = tau.log().plus(u.get(1)).exp().sum();
        String message = NonFinite.explain(y, Map.of(u, new double[] {-0.3, 1}));
        assertTrue(message.startsWith("log gives NaN (ProgramTest.java:"), message);
        assertTrue(message.endsWith("with tau = -0.3"), message);
        assertEquals(null, NonFinite.explain(y, Map.of(u, new double[] {0.3, 1})));
    }

    @Test
    void messagesNameShapesAndPlaces() {
        Expr a = Expr.perDraw("a", Shape.of(8));
        Map<String, Runnable> wrong = new HashMap<>();
        wrong.put("plus: shapes (8) and (7) do not match (ProgramTest.java:", () -> a.plus(Expr.vector(new double[7])));
        wrong.put("times: shapes (3 x 8) and (8) do not match", () -> Expr.vector(new double[24]).reshape(Shape.of(3, 8)).times(a));
        wrong.put("matmul: the value must be a matrix, but has shape (8) (", () -> a.matmul(a));
        wrong.put("get: index 8 must be from 0 to 7", () -> a.get(8));
        wrong.put("slice: [3, 9) must lie in", () -> a.slice(3, 9));
        wrong.put("dot: shapes (8) and scalar", () -> a.dot(Expr.of(1)));
        wrong.put("get: the index must be data", () -> a.get(a));
        wrong.put("reshape: (8) has 8 elements, (3 x 3) needs 9", () -> a.reshape(Shape.of(3, 3)));
        wrong.forEach((message, code) -> {
            String actual = assertThrows(IllegalArgumentException.class, code::run).getMessage();
            assertTrue(actual.startsWith(message), actual);
        });
    }

    @Test
    void anIndexSetOutOfRangeIsNamed() {
        Expr theta = Expr.perDraw("theta", Shape.of(3));
        Expr index = Expr.shared("index", Shape.of(2), 0, 1);
        Expr y = theta.get(index);
        Workspace w = Program.of(y).workspace();
        w.set(index, new double[] {0, 3}, 0);
        w.set(theta, NormalNoise.of(1));
        String message = assertThrows(IllegalArgumentException.class, () -> w.run(8)).getMessage();
        assertTrue(message.startsWith("get: index 2 must be a whole number from 0 to 2, but was 3.0"), message);
    }
}
