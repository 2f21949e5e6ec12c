package org.fluvia.flows;

import java.util.Arrays;
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
    /** Columns that differ by less in every row, in standard deviations, differ by rounding. */
    private static final double SAME = 1e-9;

    public Standardisation {
        mean = List.copyOf(mean);
        sd = List.copyOf(sd);
        contextMean = List.copyOf(contextMean);
        contextSd = List.copyOf(contextSd);
    }

    /**
     * Of some rows, each with its weight. A column of contexts that does not vary keeps its scale.
     *
     * @param standard whether the columns are to have mean 0 and sd 1, or are left as they are; contexts are brought there in any case
     */
    static Standardisation of(Samples samples, int[] rows, boolean standard) {
        double[][] own = moments(samples, samples, rows);
        for (int c = 0; c < samples.dimension(); c++) {
            if (own[1][c] == 0) {
                throw new IllegalArgumentException("Learning: every column must vary, but " + samples.nameOf(c) + " is "
                        + samples.value(rows[0], c, 0) + " in every row that is learned from. Leave it out: a constant has no density.");
            }
        }
        checkColumnsDiffer(samples, rows, own[0], own[1]);
        if (!standard) {
            Arrays.fill(own[0], 0);
            Arrays.fill(own[1], 1);
        }
        Samples contexts = samples.context();
        double[][] others = contexts == null ? new double[2][0] : moments(contexts, samples, rows);
        for (int c = 0; c < others[1].length; c++) if (others[1][c] == 0) others[1][c] = 1;
        return new Standardisation(list(own[0]), list(own[1]), list(others[0]), list(others[1]));
    }

    private static void checkColumnsDiffer(Samples samples, int[] rows, double[] mean, double[] sd) {
        for (int a = 0; a < mean.length; a++) {
            for (int b = a + 1; b < mean.length; b++) {
                if (!areOne(samples, rows, mean, sd, a, b)) continue;
                throw new IllegalArgumentException("Learning: columns must not repeat each other, but " + samples.nameOf(a) + " and " + samples.nameOf(b)
                        + " are the same, but for place and scale, in every row that is learned from. Leave one of them out: together they have no"
                        + " density.");
            }
        }
    }

    private static boolean areOne(Samples samples, int[] rows, double[] mean, double[] sd, int a, int b) {
        double sign = 0;
        for (int row : rows) {
            double x = (samples.value(row, a, 0) - mean[a]) / sd[a];
            double y = (samples.value(row, b, 0) - mean[b]) / sd[b];
            if (sign == 0) sign = Math.signum(x) * Math.signum(y);
            if (Math.abs(x - sign * y) > SAME * Math.max(1, Math.abs(x))) return false;
        }
        return true;
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
