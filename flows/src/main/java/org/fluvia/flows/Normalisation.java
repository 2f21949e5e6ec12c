package org.fluvia.flows;

import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.DrawSource;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.Workspace;
import org.fluvia.flows.bijection.Normalising;
import org.fluvia.flows.check.Dimensions;

/**
 * Sets the weights of a flow's normalising layers, {@code ActNorm} and {@code BatchNorm}, from data: each sees what the layers before it,
 * on the way from a value to the base, make of the data, and is moved to where these leave it with mean 0 and variance 1.
 *
 * <p>Maximum likelihood starts with {@link #start} of the first batch, and calls {@link #follow} with each batch after its step. The reverse
 * KL has no data: there these layers start as the identity, and {@code ActNorm} is trained as any other.
 *
 * <p>Weights are laid out as {@link Flow#weights}, data are elements x draws. Immutable and thread-safe.
 */
public final class Normalisation {
    private final Flow flow;
    private final Expr value;
    private final List<Normalising.Met> all;

    private Normalisation(Flow flow, Expr value, List<Normalising.Met> all) {
        this.flow = flow;
        this.value = value;
        this.all = all;
    }

    /** That of a flow; without normalising layers it leaves weights as they are. */
    public static Normalisation of(Flow flow) {
        Expr value = Expr.perDraw("value", Shape.of(Dimensions.present("Normalisation", "flow", flow).dimension()));
        return new Normalisation(flow, value, flow.parts().stream().flatMap(part -> part.bijection().normalising(value, true).stream()).toList());
    }

    /**
     * Sets the weights of one layer after the other, so that each sees data that those before it have normalised.
     *
     * @param weights overwritten in part
     * @param data at least 1 column; not modified
     * @param context values of the inputs per draw that the flow is conditional on, a column for each of the data's
     * @throws IllegalArgumentException if data are not finite, or have squares that are not, where a layer sees them
     */
    public void start(double[] weights, DMatrixRMaj data, Map<Expr, DMatrixRMaj> context) {
        for (Normalising.Met met : all) move(List.of(met), weights, data, context, 1, 1);
    }

    /**
     * Moves the weights of the layers that follow data towards the moments of a batch, as they see it with the weights as they are.
     *
     * @param weights overwritten in part
     * @param batch at least 2 columns; not modified
     * @param context as for {@link #start}
     * @param share of the batch in the new moments, such as 0.1; positive and at most 1
     * @throws IllegalArgumentException if data are not finite, or have squares that are not, where a layer sees them
     */
    public void follow(double[] weights, DMatrixRMaj batch, Map<Expr, DMatrixRMaj> context, double share) {
        if (!(share > 0 && share <= 1)) throw new IllegalArgumentException("Normalisation: share must be positive and at most 1, but was " + share);
        move(all.stream().filter(met -> met.layer().followsData()).toList(), weights, batch, context, share, 2);
    }

    /** What the densities are recorded at whose programs give {@link #followed}. */
    Expr value() {
        return value;
    }

    /** What the layers that follow data are given, per draw: outputs of a program from {@link #value}. */
    List<Expr> followed() {
        return all.stream().filter(met -> met.layer().followsData()).map(Normalising.Met::given).toList();
    }

    /** As {@link #follow}, of the batch that a program with {@link #followed} among its outputs was last replayed with. */
    void follow(double[] weights, Workspace replayed, double share) {
        for (Normalising.Met met : all) {
            if (met.layer().followsData()) move(met, weights, replayed.perDraw(met.given()), share);
        }
    }

    private void move(List<Normalising.Met> some, double[] weights, DMatrixRMaj data, Map<Expr, DMatrixRMaj> context, double share, int fewest) {
        flow.weights().check("values", weights);
        if (data.numRows != flow.dimension() || data.numCols < fewest) {
            throw new IllegalArgumentException("Normalisation: data must have " + flow.dimension() + " rows, one for each element, and at least "
                    + fewest + " columns, but were " + data.numRows + " x " + data.numCols);
        }
        if (some.isEmpty()) return;
        Workspace w = Program.of(some.stream().map(Normalising.Met::given).toList()).workspace();
        flow.weights().set(w, weights);
        w.set(value, DrawSource.of(data));
        context.forEach((input, values) -> w.set(input, DrawSource.of(values)));
        w.run(data.numCols);
        for (Normalising.Met met : some) move(met, weights, w.perDraw(met.given()), share);
    }

    private void move(Normalising.Met met, double[] weights, DMatrixRMaj given, double share) {
        double[] mean = new double[given.numRows];
        double[] variance = new double[given.numRows];
        for (int i = 0; i < given.numRows; i++) {
            for (int j = 0; j < given.numCols; j++) mean[i] += given.get(i, j);
            mean[i] /= given.numCols;
            for (int j = 0; j < given.numCols; j++) variance[i] += (given.get(i, j) - mean[i]) * (given.get(i, j) - mean[i]);
            variance[i] /= given.numCols;
            if (!Double.isFinite(mean[i]) || !(variance[i] < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("Normalisation: what " + met.layer() + " is given must have finite moments, but element " + i
                        + " has mean " + mean[i] + " and variance " + variance[i] + ". Scale the data, or leave out what is not finite.");
            }
        }
        List<Expr> own = met.layer().weights();
        double[] part = new double[own.stream().mapToInt(x -> x.shape().size()).sum()];
        int at = 0;
        for (Expr x : own) {
            System.arraycopy(weights, offset(x), part, at, x.shape().size());
            at += x.shape().size();
        }
        met.layer().towards(part, mean, variance, met.inverse(), share);
        at = 0;
        for (Expr x : own) {
            System.arraycopy(part, at, weights, offset(x), x.shape().size());
            at += x.shape().size();
        }
    }

    private int offset(Expr weight) {
        List<Expr> inputs = flow.weights().inputs();
        return inputs.subList(0, inputs.indexOf(weight)).stream().mapToInt(x -> x.shape().size()).sum();
    }
}
