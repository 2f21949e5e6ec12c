package org.fluvia.vi.predictive;

import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * Pointwise log-likelihood: the log-density of each observation at each draw, in nats with all constants. Immutable and
 * thread-safe.
 */
public final class LogLikelihood {
    private final List<String> names;
    private final DMatrixRMaj values;

    private LogLikelihood(List<String> names, DMatrixRMaj values) {
        this.names = names;
        this.values = values;
    }

    /**
     * @param names of the observations
     * @param values observations x draws; not copied, and not to be modified any more
     */
    public static LogLikelihood of(List<String> names, DMatrixRMaj values) {
        if (names.size() != values.numRows) {
            throw new IllegalArgumentException("LogLikelihood: names must be as many as the " + values.numRows
                    + " rows, but were " + names.size() + ". Name each observation.");
        }
        return new LogLikelihood(List.copyOf(names), values);
    }

    /** The names of the observations, "y[3]". */
    public List<String> names() {
        return names;
    }

    public int drawCount() {
        return values.numCols;
    }

    /** Observations (in the order of {@link #names}) x draws; a copy. */
    public DMatrixRMaj values() {
        return values.copy();
    }

    /**
     * The log-likelihood of one observation at each draw; a copy.
     *
     * @throws IllegalArgumentException if there is no such observation
     */
    public double[] of(String observation) {
        int row = names.indexOf(observation);
        if (row < 0) {
            throw new IllegalArgumentException("LogLikelihood: there is no observation " + observation + "; the first are "
                    + String.join(", ", names.subList(0, Math.min(5, names.size()))));
        }
        return Arrays.copyOfRange(values.data, row * values.numCols, (row + 1) * values.numCols);
    }

    @Override
    public String toString() {
        return "log-likelihood of " + names.size() + " observations at " + values.numCols + " draws";
    }
}
