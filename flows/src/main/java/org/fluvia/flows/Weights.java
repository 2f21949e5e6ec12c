package org.fluvia.flows;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Gradient;
import org.fluvia.autodiff.SharedValues;
import org.fluvia.autodiff.Workspace;
import org.fluvia.flows.check.Dimensions;

/**
 * Shared inputs laid out in one flat vector, one after the other and each row-major: what an optimiser moves and a file
 * holds. Immutable and thread-safe.
 */
public final class Weights {
    private final List<Expr> inputs;
    private final int size;

    private Weights(List<Expr> inputs) {
        this.inputs = inputs;
        this.size = inputs.stream().mapToInt(x -> x.shape().size()).sum();
    }

    /** The layout of these shared inputs in this order; an input that occurs again is left out. */
    public static Weights of(List<Expr> inputs) {
        return new Weights(Dimensions.<Expr>all("Weights", "inputs", inputs).stream().distinct().toList());
    }

    /** The number of weights. */
    public int size() {
        return size;
    }

    /** The shared inputs, in order. */
    public List<Expr> inputs() {
        return inputs;
    }

    /** The values the inputs were declared with; a new array. */
    public double[] initial() {
        double[] values = new double[size];
        int at = 0;
        for (Expr in : inputs) {
            double[] part = SharedValues.of(in);
            System.arraycopy(part, 0, values, at, part.length);
            at += part.length;
        }
        return values;
    }

    /** Sets the inputs of a workspace. Values are not modified. Allocates nothing. */
    public void set(Workspace workspace, double[] values) {
        check("values", values);
        int at = 0;
        for (int i = 0; i < inputs.size(); i++) {
            workspace.set(inputs.get(i), values, at);
            at += inputs.get(i).shape().size();
        }
    }

    /** The values of each input: new arrays. */
    public Map<Expr, double[]> byInput(double[] values) {
        check("values", values);
        Map<Expr, double[]> each = new LinkedHashMap<>();
        int at = 0;
        for (Expr in : inputs) {
            int end = at + in.shape().size();
            each.put(in, Arrays.copyOfRange(values, at, end));
            at = end;
        }
        return each;
    }

    /** The derivatives of a scalar, one expression for each input; summed over draws if the scalar is per draw. */
    public List<Expr> gradients(Expr scalar) {
        return Gradient.of(scalar, inputs);
    }

    /**
     * Reads the gradients of the last replay.
     *
     * @param gradients what {@link #gradients} made; outputs of the workspace's program
     * @param values overwritten, laid out as the weights are
     */
    public void read(Workspace workspace, List<Expr> gradients, double[] values) {
        check("values", values);
        int at = 0;
        for (int i = 0; i < inputs.size(); i++) {
            workspace.shared(gradients.get(i), values, at);
            at += inputs.get(i).shape().size();
        }
    }

    /** @throws IllegalArgumentException if the array is not of the layout's size */
    void check(String argument, double[] values) {
        if (values.length != size) {
            throw new IllegalArgumentException("Weights: " + argument + " must have " + size + " elements, but had "
                    + values.length);
        }
    }
}
