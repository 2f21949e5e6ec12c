package org.fluvia.dist;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Samplers of vectors. */
final class EventDraws {
    private EventDraws() {}

    /** Category by category, each binomial given those before. */
    static double[] multinomial(RandomGenerator random, double trials, double[] prob) {
        double[] x = new double[prob.length];
        double[] from = new double[prob.length + 1]; // exactly the probability itself where no other follows
        for (int i = prob.length - 1; i >= 0; i--) from[i] = from[i + 1] + prob[i];
        double left = trials;
        for (int i = 0; i < x.length && left > 0 && from[i] > 0; i++) {
            x[i] = Draws.binomial(random, left, prob[i] / from[i]);
            left -= x[i];
        }
        return x;
    }

    static double[] softmax(double[] logits) {
        double largest = Arrays.stream(logits).max().orElse(0);
        double[] p = new double[logits.length];
        double sum = 0;
        for (int i = 0; i < p.length; i++) sum += p[i] = StrictMath.exp(logits[i] - largest);
        for (int i = 0; i < p.length; i++) p[i] /= sum;
        return p;
    }

    /** Gamma numbers over their sum, on the log scale: those of a small alpha are too small for a double. */
    static double[] dirichlet(RandomGenerator random, double[] alpha, int size) {
        double[] logs = new double[size];
        for (int i = 0; i < size; i++) {
            double a = Multivariate.element(alpha, i);
            logs[i] = StrictMath.log(Draws.gamma(random, a + 1)) - Draws.exponential(random) / a; // U^(1/a) of gamma(a + 1)
        }
        return softmax(logs);
    }

    /**
     * The Cholesky factor of a correlation matrix, row by row from its partial correlations, which are independent: that of
     * variables i and j given those before j is 2 b - 1 for a beta number b of parameters eta + (size - 2 - j) / 2.
     * Lewandowski, Kurowicka and Joe 2009, section 2.4.
     */
    static double[] lkjCholesky(RandomGenerator random, double eta, int size) {
        double[] x = new double[size * size];
        for (int i = 0; i < size; i++) {
            double rest = 1;
            for (int j = 0; j < i; j++) {
                double b = eta + (size - 2 - j) / 2.0;
                double partial = 2 * Draws.beta(random, b, b) - 1;
                x[i * size + j] = partial * rest;
                rest *= Math.sqrt(1 - partial * partial);
            }
            x[i * size + i] = rest;
        }
        return x;
    }

    /** A normal vector about a mean, its deviation multiplied. */
    static double[] normal(RandomGenerator random, double[] mean, MatrixForm form, double[] matrix, int size, double times) {
        double[] l = form.factor(matrix, size);
        double[] z = new double[size];
        for (int i = 0; i < size; i++) z[i] = Draws.normal(random);
        double[] x = new double[size];
        for (int i = size - 1; i >= 0; i--) {
            if (form == MatrixForm.PRECISION) { // solves l' x = z
                double sum = z[i];
                for (int j = i + 1; j < size; j++) sum -= l[j * size + i] * x[j];
                x[i] = sum / l[i * size + i];
            } else {
                for (int j = 0; j <= i; j++) x[i] += l[i * size + j] * z[j];
            }
        }
        for (int i = 0; i < size; i++) x[i] = Multivariate.element(mean, i) + times * x[i];
        return x;
    }

    /** The lower triangular factor of a matrix, row-major; NaN where it is not positive definite. */
    static double[] cholesky(double[] matrix, int size) {
        double[] l = new double[size * size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = matrix[i * size + j];
                for (int k = 0; k < j; k++) sum -= l[i * size + k] * l[j * size + k];
                l[i * size + j] = i > j ? sum / l[j * size + j] : sum > 0 ? Math.sqrt(sum) : Double.NaN;
            }
        }
        return l;
    }

    /** The factor of a Wishart matrix: s A with the lower triangular A of Bartlett 1933, whose elements are independent. */
    static double[] wishartFactor(RandomGenerator random, double df, double[] s, int size) {
        double[] a = new double[size * size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < i; j++) a[i * size + j] = Draws.normal(random);
            a[i * size + i] = Math.sqrt(2 * Draws.gamma(random, (df - i) / 2));
        }
        return lowerTimesLower(s, a, size);
    }

    /**
     * The factor of an inverse Wishart matrix: s inverse(A), as its inverse is inverse(s)' A' A inverse(s), where A' A is a
     * Wishart matrix of Bartlett's kind with the variables counted from the last.
     */
    static double[] inverseWishartFactor(RandomGenerator random, double df, double[] s, int size) {
        double[] a = new double[size * size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < i; j++) a[i * size + j] = Draws.normal(random);
            a[i * size + i] = Math.sqrt(2 * Draws.gamma(random, (df - (size - 1 - i)) / 2));
        }
        return lowerTimesLower(s, inverseOfLower(a, size), size);
    }

    private static double[] inverseOfLower(double[] a, int size) {
        double[] x = new double[size * size];
        for (int j = 0; j < size; j++) {
            for (int i = j; i < size; i++) {
                double sum = i == j ? 1 : 0;
                for (int k = j; k < i; k++) sum -= a[i * size + k] * x[k * size + j];
                x[i * size + j] = sum / a[i * size + i];
            }
        }
        return x;
    }

    private static double[] lowerTimesLower(double[] a, double[] b, int size) {
        double[] x = new double[size * size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                for (int k = j; k <= i; k++) x[i * size + j] += a[i * size + k] * b[k * size + j];
            }
        }
        return x;
    }

    /** l l' of a lower triangular matrix. */
    static double[] selfTimesTransposed(double[] l, int size) {
        double[] x = new double[size * size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                for (int k = 0; k <= j; k++) x[i * size + j] += l[i * size + k] * l[j * size + k];
                x[j * size + i] = x[i * size + j];
            }
        }
        return x;
    }
}
