package org.fluvia.kernel.vector;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.fluvia.kernel.scalar.ScalarUpdates;

/** {@link ScalarUpdates} by vectors; the last n mod (vector length) elements go to its loops. */
final class VectorUpdates {
    private VectorUpdates() {}

    private static final VectorSpecies<Double> SPECIES = VectorLanes.SPECIES;
    private static final int LANES = SPECIES.length();

    static void addProduct(double[] x, int xOff, double[] y, int yOff, double[] z, int zOff, int n) {
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            DoubleVector a = DoubleVector.fromArray(SPECIES, x, xOff + i);
            DoubleVector b = DoubleVector.fromArray(SPECIES, y, yOff + i);
            DoubleVector c = DoubleVector.fromArray(SPECIES, z, zOff + i);
            a.fma(b, c).intoArray(z, zOff + i);
        }
        ScalarUpdates.addProduct(x, xOff + i, y, yOff + i, z, zOff + i, n - i);
    }

    static void axpy(double alpha, double[] x, int xOff, double[] y, int yOff, int n) {
        DoubleVector a = DoubleVector.broadcast(SPECIES, alpha);
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            DoubleVector b = DoubleVector.fromArray(SPECIES, x, xOff + i);
            DoubleVector c = DoubleVector.fromArray(SPECIES, y, yOff + i);
            a.fma(b, c).intoArray(y, yOff + i);
        }
        ScalarUpdates.axpy(alpha, x, xOff + i, y, yOff + i, n - i);
    }

    static void where(double[] condition, int cOff, double[] x, int xOff, double[] y, int yOff, double[] z, int zOff,
                      int n) {
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            DoubleVector test = DoubleVector.fromArray(SPECIES, condition, cOff + i);
            DoubleVector a = DoubleVector.fromArray(SPECIES, x, xOff + i);
            DoubleVector b = DoubleVector.fromArray(SPECIES, y, yOff + i);
            a.blend(b, test.compare(VectorOperators.EQ, 0)).intoArray(z, zOff + i);
        }
        ScalarUpdates.where(condition, cOff + i, x, xOff + i, y, yOff + i, z, zOff + i, n - i);
    }
}
