package org.fluvia.kernel;

import java.util.SplittableRandom;

/** Kinds of random numbers that tests feed to kernels. */
enum Numbers {
    /** Around 1, both signs. */
    PLAIN {
        @Override
        double next(SplittableRandom random) {
            return 8 * random.nextDouble() - 4;
        }
    },
    /** Where exponentials overflow and underflow. */
    WIDE {
        @Override
        double next(SplittableRandom random) {
            return 1600 * random.nextDouble() - 800;
        }
    },
    /** Any bit pattern. */
    ANY {
        @Override
        double next(SplittableRandom random) {
            return Double.longBitsToDouble(random.nextLong());
        }
    },
    /** Half of them special, half plain. */
    HOSTILE {
        @Override
        double next(SplittableRandom random) {
            return random.nextBoolean() ? SPECIAL[random.nextInt(SPECIAL.length)] : PLAIN.next(random);
        }
    };

    static final double[] SPECIAL = {
        0.0, -0.0, 1, -1, Double.MIN_VALUE, -Double.MIN_VALUE, Double.MIN_NORMAL, -Double.MIN_NORMAL, 0x0.8p-1022, 1e-300,
        -1e-300, 1e300, -1e300, Double.MAX_VALUE, -Double.MAX_VALUE, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY,
        Double.NaN, 0.5, 2, 709.782712893384, 709.7827128933841, -708.3964185322641, -745.1332191019411,
        -745.1332191019412, -746.5, 710.5, Math.nextDown(1.0), Math.nextUp(1.0), Math.nextDown(-1.0), 0x1p-54, -0x1p-54,
        0x1p-30, -0x1p-30, 22, 22.5, -22.5, 40, -40.5, 0.34657359027997264, -0.34657359027997264
    };

    abstract double next(SplittableRandom random);

    final double[] draw(SplittableRandom random, int n) {
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = next(random);
        }
        return x;
    }
}
