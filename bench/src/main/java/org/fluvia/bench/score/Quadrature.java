package org.fluvia.bench.score;

import java.util.Arrays;

/** Points of equal distance with the mass at each: the trapezoid rule, which for smooth densities that end at zero has next to no error. */
record Quadrature(double[] points, double[] weights) {
    private static final int POINTS = 4001;
    private static final double REACH = 9;

    static Quadrature normal(double mean, double sd) {
        double[] x = points(mean - REACH * sd, mean + REACH * sd, POINTS);
        return new Quadrature(x, Arrays.stream(x).map(v -> Math.exp(-0.5 * (v - mean) * (v - mean) / (sd * sd))).toArray());
    }

    /** Of what is normal with an sd about means that have the weights of q. */
    static Quadrature density(Quadrature q, double[] means, double sd) {
        double[] x = points(Arrays.stream(means).min().orElseThrow() - REACH * sd, Arrays.stream(means).max().orElseThrow() + REACH * sd, POINTS);
        double[] w = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            for (int k = 0; k < means.length; k++) {
                double u = (x[i] - means[k]) / sd;
                if (Math.abs(u) < REACH) w[i] += q.weights[k] * Math.exp(-0.5 * u * u);
            }
        }
        return new Quadrature(x, w);
    }

    static double[] points(double from, double to, int n) {
        double[] x = new double[n];
        for (int i = 0; i < n; i++) x[i] = from + (to - from) * i / (n - 1);
        return x;
    }

    static double[] ones(int n) {
        double[] ones = new double[n];
        Arrays.fill(ones, 1);
        return ones;
    }
}
