package org.fluvia.flows;

import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Mean and standard deviation of each column of the data that a flow learned from, and of their contexts: the flow is one of data that have
 * mean 0 and standard deviation 1, followed by a {@link org.fluvia.flows.bijection.Rescaling} to these.
 *
 * @param sd positive
 * @param contextMean empty without a context
 */
public record Standardisation(List<Double> mean, List<Double> sd, List<Double> contextMean, List<Double> contextSd) {
    /** A column that varies less, relative to its largest value, varies by rounding. */
    private static final double ROUNDING = 1e-12;

    public Standardisation {
        mean = List.copyOf(mean);
        sd = List.copyOf(sd);
        contextMean = List.copyOf(contextMean);
        contextSd = List.copyOf(contextSd);
    }

    /**
     * Of some rows, each with its weight. A column of contexts that does not vary keeps its scale.
     *
     * @param own whether the columns are to have mean 0 and sd 1, or are left as they are; contexts are brought there in any case
     */
    static Standardisation of(Samples samples, int[] rows, boolean own) {
        double[][] moments = moments(samples, samples, rows);
        for (int c = 0; c < samples.dimension(); c++) {
            if (moments[1][c] == 0) {
                throw new IllegalArgumentException("Learning: every column must vary, but column " + c + " (counted from 0) is " + moments[0][c]
                        + " in every row that is learned from. Leave it out: a constant has no density.");
            }
            if (!own) {
                moments[0][c] = 0;
                moments[1][c] = 1;
            }
        }
        Samples contexts = samples.context();
        double[][] others = contexts == null ? new double[2][0] : moments(contexts, samples, rows);
        for (int c = 0; c < others[1].length; c++) if (others[1][c] == 0) others[1][c] = 1;
        return new Standardisation(list(moments[0]), list(moments[1]), list(others[0]), list(others[1]));
    }

    private static double[][] moments(Samples of, Samples weighted, int[] rows) {
        int d = of.dimension();
        double[] mean = new double[d];
        double[] sd = new double[d];
        double[] largest = new double[d];
        double all = 0;
        for (int row : rows) {
            double w = weighted.weight(row);
            all += w;
            for (int c = 0; c < d; c++) mean[c] += w * of.value(row, c, 0);
        }
        for (int c = 0; c < d; c++) mean[c] /= all;
        for (int row : rows) {
            double w = weighted.weight(row);
            for (int c = 0; c < d; c++) {
                double x = of.value(row, c, 0);
                sd[c] += w * (x - mean[c]) * (x - mean[c]);
                largest[c] = Math.max(largest[c], Math.abs(x));
            }
        }
        for (int c = 0; c < d; c++) {
            sd[c] = Math.sqrt(sd[c] / all);
            if (sd[c] <= ROUNDING * largest[c]) sd[c] = 0;
        }
        return new double[][] {mean, sd};
    }

    private static List<Double> list(double[] x) {
        return DoubleStream.of(x).boxed().toList();
    }

    static double[] array(List<Double> x) {
        return x.stream().mapToDouble(v -> v).toArray();
    }
}
