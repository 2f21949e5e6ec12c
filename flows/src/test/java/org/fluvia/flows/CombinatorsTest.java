package org.fluvia.flows;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.flows.bijection.ActNorm;
import org.fluvia.flows.bijection.Bijection;
import org.fluvia.flows.bijection.Chain;
import org.fluvia.flows.bijection.Cost;
import org.fluvia.flows.bijection.HouseholderProduct;
import org.fluvia.flows.bijection.Inverse;
import org.fluvia.flows.bijection.LowRankAffine;
import org.fluvia.flows.bijection.Partial;
import org.fluvia.flows.bijection.Permutation;
import org.fluvia.flows.bijection.Stack;
import org.fluvia.flows.bijection.Transformed;
import org.junit.jupiter.api.Test;

/** Partial, stack, chain, repeat and inverse: which elements they map, and what they ask of what is in them. */
class CombinatorsTest {
    private final Expr in = Expr.perDraw("in", Shape.of(5));

    @Test
    void partialMapsItsElementsInTheirOrderAndKeepsTheOthers() {
        Bijection map = Partial.of(Permutation.of(1, 2, 0), 5, 3, 0, 4);
        // (x3, x0, x4) becomes (x0, x4, x3), at 3, 0 and 4
        assertArrayEquals(new double[] {4, 1, 2, 0, 3}, at(map.forward(in).value(), 0, 1, 2, 3, 4));
        assertArrayEquals(new double[] {0, 1, 2, 3, 4}, at(map.inverse(in).value(), 4, 1, 2, 0, 3));
        assertArrayEquals(new double[] {0, 1, 2, 3, 4}, at(Inverse.of(map).forward(in).value(), 4, 1, 2, 0, 3));
    }

    @Test
    void stackMapsEachPart() {
        Bijection map = Stack.of(Permutation.of(1, 0), Permutation.of(1, 2, 0));
        assertArrayEquals(new double[] {1, 0, 3, 4, 2}, at(map.forward(in).value(), 0, 1, 2, 3, 4));
        assertArrayEquals(new double[] {0, 1, 2, 3, 4}, at(Inverse.of(map).forward(in).value(), 1, 0, 3, 4, 2));
    }

    private double[] at(Expr value, double... x) {
        return Replay.of(in, value).run(new DMatrixRMaj(5, 1, true, x)).matrix(value).data;
    }

    @Test
    void repeatedLayersHaveWeightsAndSeedsOfTheirOwn() {
        Chain chain = Chain.repeat(2, 1, seed -> LowRankAffine.trainable(3, 1, seed));
        assertEquals("Chain[LowRankAffine(1, 3), LowRankAffine(1, 3)]", chain.toString());
        assertEquals(10, chain.weights().size());
        double[] initial = Weights.of(chain.weights()).initial();
        assertFalse(Arrays.equals(Arrays.copyOf(initial, initial.length / 2), Arrays.copyOfRange(initial, initial.length / 2, initial.length)));
        assertArrayEquals(initial, Weights.of(Chain.repeat(2, 1, seed -> LowRankAffine.trainable(3, 1, seed)).weights()).initial());
    }

    @Test
    void theyPrintWhatIsInThem() {
        Bijection map = Stack.of(Partial.of(ActNorm.of(1), 2, 1), Inverse.of(HouseholderProduct.trainable(3, 2)), ActNorm.ofChannels(2, 3));
        assertEquals("Stack[Partial(ActNorm(1), [1] of 2), Inverse(HouseholderProduct(2, 3)), ActNorm(2 x 3)]", map.toString());
        assertEquals("Stack[Partial(Inverse(ActNorm(1)), [1] of 2), HouseholderProduct(2, 3), Inverse(ActNorm(2 x 3))]",
                Inverse.of(map).toString());
        assertEquals(map.toString(), Inverse.of(Inverse.of(map)).toString());
    }

    /** Adds 1 to each element; its inverse must not be asked for where what it gives is known. */
    private record Solved(int dimension, List<String> asked) implements Bijection {
        @Override
        public List<Expr> weights() {
            return List.of();
        }

        @Override
        public Transformed forward(Expr x) {
            return new Transformed(x.plus(1), Expr.of(0));
        }

        @Override
        public Transformed inverse(Expr y) {
            asked.add("inverse");
            return new Transformed(y.minus(1), Expr.of(0));
        }

        @Override
        public Transformed inverseKnowing(Expr y, Expr x) {
            asked.add("inverseKnowing");
            return new Transformed(x.withDerivativeOf(y.minus(1)), Expr.of(0));
        }

        @Override
        public Cost inverseCost() {
            return Cost.ITERATIVE;
        }
    }

    @Test
    void whatIsKnownIsNotSolvedForWhereverItIs() {
        List<String> asked = new ArrayList<>();
        Bijection two = new Solved(2, asked);
        Bijection map = Stack.of(Partial.of(Chain.of(two, two), 4, 0, 3), Chain.of(new Solved(1, asked), ActNorm.of(1)));
        assertEquals(Cost.ONE_PASS, map.forwardCost());
        assertEquals(Cost.ITERATIVE, map.inverseCost());
        assertEquals(Cost.ITERATIVE, Inverse.of(map).forwardCost());
        assertEquals(Cost.ONE_PASS, Inverse.of(map).inverseCost());

        Expr y = Expr.perDraw("y", Shape.of(5));
        Expr known = map.inverseKnowing(y, in).value();
        assertEquals(List.of("inverseKnowing", "inverseKnowing", "inverseKnowing"), asked);
        double[] x = {3, 1, 4, 1, 5};
        DMatrixRMaj at = new DMatrixRMaj(5, 1, true, x);
        assertArrayEquals(x, Replay.of(in, known).also(y, at).run(at).matrix(known).data);

        asked.clear();
        Flow flow = Flow.of(map);
        flow.pathSample(in);
        assertEquals(List.of("inverseKnowing", "inverseKnowing", "inverseKnowing"), asked);
        asked.clear();
        Inverse.of(Stack.of(two, Partial.of(two, 3, 0, 1))).inverseKnowing(y, in);
        assertEquals(List.of(), asked);
    }

    @Test
    void badArgumentsAreNamed() {
        assertMessage("Partial: elements must be 2, as many as Permutation(2) has, but were [1]", () -> Partial.of(Permutation.reverse(2), 5, 1));
        assertMessage("Partial: elements must be some of 0 to 4, each once, and not all, but were [1, 1]",
                () -> Partial.of(Permutation.reverse(2), 5, 1, 1));
        assertMessage("Partial: elements must be some of 0 to 4, each once, and not all, but were [1, 5]",
                () -> Partial.of(Permutation.reverse(2), 5, 1, 5));
        assertMessage("Partial: elements must be some of 0 to 1, each once, and not all, but were [0, 1]",
                () -> Partial.of(Permutation.reverse(2), 2, 0, 1));
        assertMessage("Stack: parts must not be empty", Stack::of);
        assertMessage("Chain: times must be at least 1, but was 0", () -> Chain.repeat(0, 1, seed -> Permutation.reverse(2)));
    }

    private static void assertMessage(String expected, org.junit.jupiter.api.function.Executable e) {
        assertEquals(expected, assertThrows(IllegalArgumentException.class, e).getMessage());
    }
}
