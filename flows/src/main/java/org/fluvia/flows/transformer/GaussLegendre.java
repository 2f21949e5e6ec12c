package org.fluvia.flows.transformer;

/** The Gauss-Legendre rule of n nodes on [0, 1], exact for polynomials of degree 2 n - 1. */
record GaussLegendre(double[] nodes, double[] weights) {

    /** The zeros of the Legendre polynomial, by Newton's method from Tricomi's estimate (Press et al. 2007, section 4.6). */
    static GaussLegendre of(int n) {
        double[] nodes = new double[n];
        double[] weights = new double[n];
        for (int i = 0; i < n; i++) {
            double z = StrictMath.cos(Math.PI * (n - i - 0.25) / (n + 0.5));
            double slope = 0;
            for (int step = 0; step < 6; step++) {
                double p = 1;
                double before = 0;
                for (int k = 1; k <= n; k++) {
                    double next = ((2 * k - 1) * z * p - (k - 1) * before) / k;
                    before = p;
                    p = next;
                }
                slope = n * (z * p - before) / (z * z - 1);
                z -= p / slope;
            }
            nodes[i] = 0.5 * (1 + z);
            weights[i] = 1 / ((1 - z * z) * slope * slope);
        }
        return new GaussLegendre(nodes, weights);
    }
}
