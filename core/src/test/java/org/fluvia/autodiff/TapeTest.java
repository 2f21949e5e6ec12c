package org.fluvia.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.op.Dag;
import org.fluvia.autodiff.tape.Tape;
import org.fluvia.file.Refused;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What is put on a tape computes the same bits afterwards: every operation, and its adjoint. */
class TapeTest {
    private static final int DRAWS = 11;
    private static final long MANY = 1 << 24;
    /** The user's own code, solvers of differential equations, and what stands for a derivative that there is none of. */
    private static final Set<String> NOT_TAPED = Set.of("External", "OdeSolve", "OdeEnd", "OdeBack", "TileSums", "Slope");

    /** A value of the table of adjoints and its derivatives; the value alone where these cannot be taped. */
    private static List<Expr> outputs(AdjointTest.Inputs in, Function<AdjointTest.Inputs, Expr> f) {
        Expr y = f.apply(in);
        Expr scalar = y.sum();
        List<Expr> all = new ArrayList<>(List.of(y));
        all.addAll(Gradient.of(scalar.isPerDraw() ? scalar.sumDraws() : scalar, in.all()));
        return canBeTaped(all) ? all : List.of(y);
    }

    private static boolean canBeTaped(List<Expr> outputs) {
        return outputs.stream().allMatch(x -> Tape.obstacle(x).isEmpty());
    }

    @TestFactory
    Stream<DynamicTest> everythingComputesTheSameBits() {
        return AdjointTest.TABLE.entrySet().stream().map(e -> DynamicTest.dynamicTest(e.getKey(), () -> {
            AdjointTest.Inputs in = new AdjointTest.Inputs();
            List<Expr> outputs = outputs(in, e.getValue());
            if (canBeTaped(outputs)) assertSame(in.all(), outputs);
        }));
    }

    private static void assertSame(List<Expr> inputs, List<Expr> outputs) throws Refused {
        Random random = new Random(3);
        Map<Expr, double[]> shared = new HashMap<>();
        for (Expr x : inputs) if (!x.isPerDraw()) shared.put(x, random.doubles(x.shape().size(), 0.2, 1.7).toArray());
        Tape tape = Tape.of(inputs, outputs, shared);
        Tape.Read read = tape.read(MANY);
        Workspace one = Program.of(outputs).workspace();
        Workspace other = Program.of(read.outputs()).workspace();
        for (int i = 0; i < inputs.size(); i++) {
            Expr x = inputs.get(i);
            if (x.isPerDraw()) {
                DMatrixRMaj values = DMatrixRMaj.wrap(x.shape().size(), DRAWS, random.doubles((long) x.shape().size() * DRAWS, 0.2, 1.7).toArray());
                one.set(x, DrawSource.of(values));
                other.set(read.inputs().get(i), DrawSource.of(values));
            } else {
                one.set(x, shared.get(x), 0); // of the other they are on the tape
            }
        }
        one.run(DRAWS);
        other.run(DRAWS);
        for (int i = 0; i < outputs.size(); i++) {
            assertEquals(outputs.get(i).shape(), read.outputs().get(i).shape());
            assertArrayEquals(values(one, outputs.get(i)), values(other, read.outputs().get(i)), "output " + i);
        }
        assertEquals(tape.operations(), Tape.of(read.inputs(), read.outputs(), Map.of()).operations());
        assertArrayEquals(tape.numbers(), Tape.of(read.inputs(), read.outputs(), Map.of()).numbers());
    }

    private static double[] values(Workspace w, Expr x) {
        if (x.isPerDraw()) return w.perDraw(x).data.clone();
        double[] values = new double[x.shape().size()];
        w.shared(x, values, 0);
        return values;
    }

    @Test
    void everyPrimitiveCanBeTapedOrIsKnownNotToBe() throws Exception {
        Set<String> taped = new HashSet<>();
        AdjointTest.TABLE.values().forEach(f -> {
            List<Expr> outputs = outputs(new AdjointTest.Inputs(), f);
            if (canBeTaped(outputs)) Dag.reachable(outputs).forEach(x -> taped.add(x.op.getClass().getSimpleName()));
        });
        for (Class<?> op : Primitives.recorded()) {
            assertEquals(!NOT_TAPED.contains(op.getSimpleName()), taped.contains(op.getSimpleName()), op.getSimpleName());
        }
    }

    @Test
    void largeGraphsComputeTheSameBits() throws Refused {
        for (int seed = 0; seed < 20; seed++) {
            RandomGraph g = new RandomGraph(17, seed, 200);
            assertSame(List.of(g.z), List.of(g.pool.get(g.pool.size() - 1), Expr.concat(g.pool.toArray(Expr[]::new))));
        }
    }

    /** Numbers in each other's places, strange ones, and ones left out: a refusal, or a program that is planned and runs or says why not. */
    @Test
    void editedTapesAreRefusedOrHarmless() {
        Random random = new Random(5);
        double[] strange = {0, -1, 1e308, 2147483647, -2147483648.0, 1e18, Double.NaN, Double.POSITIVE_INFINITY, 0.5, 7, 1000};
        List<Tape> tapes = new ArrayList<>();
        for (String name : List.of("matmul", "scan")) {
            AdjointTest.TABLE.entrySet().stream().filter(e -> e.getKey().startsWith(name)).limit(3).forEach(e -> {
                AdjointTest.Inputs in = new AdjointTest.Inputs();
                List<Expr> outputs = outputs(in, e.getValue());
                if (canBeTaped(outputs)) tapes.add(Tape.of(in.all(), outputs, Map.of()));
            });
        }
        assertTrue(tapes.size() >= 4, "the table must have tapes of both kinds");
        int refused = 0;
        int edits = 2000;
        for (int i = 0; i < edits; i++) {
            Tape tape = tapes.get(i % tapes.size());
            double[] edited = tape.numbers().clone();
            int at = random.nextInt(edited.length);
            edited[at] = i % 3 == 0 ? edited[random.nextInt(edited.length)] : strange[random.nextInt(strange.length)];
            if (i % 7 == 0) edited = Arrays.copyOf(edited, at);
            try {
                Tape.Read read = new Tape(tape.operations(), edited).read(1 << 16);
                run(read);
            } catch (Refused e) {
                refused++;
            }
        }
        assertTrue(refused > edits / 2, "refused: " + refused);
    }

    /** What is built may still not run: then it is an exception that a reader of files turns into a refusal, and nothing worse. */
    private static void run(Tape.Read read) {
        try {
            Workspace w = Program.of(read.outputs()).workspace();
            for (Expr x : read.inputs()) if (x.isPerDraw()) w.set(x, DrawSource.everywhere(new double[x.shape().size()]));
            w.run(DRAWS);
        } catch (RuntimeException e) {
            assertTrue(e.getMessage() != null || e instanceof NullPointerException || e instanceof ArrayIndexOutOfBoundsException, e.toString());
        }
    }

    @Test
    void whatAsksForTooMuchIsRefused() throws Refused {
        Expr x = Expr.perDraw("x", Shape.scalar());
        Tape tape = Tape.of(List.of(x), List.of(x.expand(Shape.of(1000), true)), Map.of());
        tape.read(1001);
        assertEquals("its program asks for more than goes with the size of the file", assertThrows(Refused.class, () -> tape.read(1000)).getMessage());
        Tape unknown = new Tape(List.of("Input", "Runtime"), tape.numbers());
        assertEquals("its program has an operation Runtime, which this version does not have",
                assertThrows(Refused.class, () -> unknown.read(MANY)).getMessage());
        assertEquals(List.of("Input", "Expand"), tape.operations());
        double[] more = Arrays.copyOf(tape.numbers(), tape.numbers().length + 1);
        assertEquals("its program goes on after its end", assertThrows(Refused.class, () -> new Tape(tape.operations(), more).read(MANY)).getMessage());
    }

    @Test
    void whatIsTheUsersOwnIsNamed() {
        Expr x = Expr.perDraw("x", Shape.of(2));
        Expr own = x.external((at, gradient) -> 0);
        String obstacle = Tape.obstacle(own.plus(1)).orElseThrow();
        assertTrue(obstacle.startsWith("code of your own (TapeTest.java:"), obstacle);
        assertThrows(IllegalArgumentException.class, () -> Tape.of(List.of(x), List.of(own), Map.of()));
    }
}
