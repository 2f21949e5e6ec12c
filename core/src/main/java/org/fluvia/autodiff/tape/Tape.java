package org.fluvia.autodiff.tape;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.op.Dag;
import org.fluvia.file.Refused;

/**
 * Recorded values as numbers: what is computed, and of what, without the code that recorded it. What is read back computes the same bits.
 *
 * <p>The numbers are the values in the order in which they were recorded, their number first. Each is: the place of its operation in the
 * list; its rank and dimensions; the number of its operands and their places among the values before it; and what its operation is made of. A
 * constant has its elements; an input 1 if it is per draw, else 0 and its elements; an array its length and its entries; a shape its
 * rank and dimensions; the body of a loop values of its own, and then the places there of its state, inputs, invariants, next states, what it
 * emits and sums, each of these lists with its length first. After the values there are the places of the inputs and of the outputs, likewise.
 *
 * @param operations by name, an enumerated kind after it: "Binary ADD", "Slice"
 * @param numbers not modified
 */
public record Tape(List<String> operations, double[] numbers) {
    /** Recorded values, as they were put on the tape. */
    public record Read(List<Expr> inputs, List<Expr> outputs) {}

    /**
     * @param inputs per draw, which are to be found again
     * @param values of shared inputs that are not those that they were recorded with
     * @throws IllegalArgumentException if there is an {@link #obstacle}
     */
    public static Tape of(List<Expr> inputs, List<Expr> outputs, Map<Expr, double[]> values) {
        return new TapeWriter(values).write(inputs, outputs);
    }

    /** What of a value a tape cannot have, in words; empty if nothing. */
    public static Optional<String> obstacle(Expr output) {
        return Dag.reachable(List.of(output)).stream().filter(x -> Operations.name(x.op()) == null).findFirst()
                .map(x -> (x.op().label().equals("external") ? "code of your own" : "a differential equation") + " (" + x.source() + ")");
    }

    /**
     * What the numbers say, which is not trusted.
     *
     * @param elements that all values together may have
     * @throws Refused if they are no tape, or ask for more than that
     */
    public Read read(long elements) throws Refused {
        return new TapeReader(operations, numbers, elements).read();
    }
}
