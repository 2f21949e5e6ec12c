package demos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The points are distributed as the densities say, which are computed another way. */
class ToyDataTest {
    private static final double FROM = -4.6;
    /** So that the edges of the chequerboard are edges of cells, and noise is not much narrower than a cell is wide. */
    private static final double CELL = 0.1;
    private static final int CELLS = 92;
    private static final int BLOCK = 4;

    private static double[] probabilities(ToyData data) {
        DMatrixRMaj middles = new DMatrixRMaj(2, CELLS * CELLS);
        for (int j = 0; j < middles.numCols; j++) {
            middles.set(0, j, FROM + CELL * (j % CELLS + 0.5));
            middles.set(1, j, FROM + CELL * (j / CELLS + 0.5));
        }
        return Arrays.stream(Drawn.values(data::logDensity, middles)).map(l -> StrictMath.exp(l) * CELL * CELL).toArray();
    }

    @ParameterizedTest
    @EnumSource
    void theDensityIsThatOfThePoints(ToyData data) {
        double[] p = probabilities(data);
        assertEquals(1, Arrays.stream(p).sum(), 1e-4);

        int n = 20_000;
        DMatrixRMaj x = data.sample(n, 3);
        int side = CELLS / BLOCK;
        double[] expected = new double[side * side];
        double[] counted = new double[side * side];
        for (int j = 0; j < p.length; j++) expected[j / CELLS / BLOCK * side + j % CELLS / BLOCK] += n * p[j];
        for (int j = 0; j < n; j++) {
            int column = (int) ((x.get(0, j) - FROM) / CELL / BLOCK);
            int row = (int) ((x.get(1, j) - FROM) / CELL / BLOCK);
            counted[row * side + column]++;
        }
        double chiSquare = 0;
        int blocks = 0;
        for (int b = 0; b < counted.length; b++) {
            if (expected[b] < 5) continue;
            chiSquare += (counted[b] - expected[b]) * (counted[b] - expected[b]) / expected[b];
            blocks++;
        }
        assertTrue(blocks >= 30, blocks + " blocks");
        assertTrue(Math.abs(chiSquare - blocks) < 4 * Math.sqrt(2.0 * blocks), chiSquare + " of " + blocks + " blocks");
    }

    @ParameterizedTest
    @EnumSource
    void firstDrawsDoNotDependOnHowManyThereAre(ToyData data) {
        DMatrixRMaj few = data.sample(10, 5);
        DMatrixRMaj more = data.sample(1000, 5);
        for (int j = 0; j < 10; j++) {
            assertEquals(few.get(0, j), more.get(0, j));
            assertEquals(few.get(1, j), more.get(1, j));
        }
        assertTrue(few.get(0, 0) != data.sample(1, 6).get(0, 0));
    }

    @Test
    void densitiesAreThoseOfFormulasWhereThereAreSome() {
        assertEquals(-Math.log(32), Drawn.values(ToyData.CHEQUERBOARD::logDensity, new DMatrixRMaj(2, 1, true, -3.9, -3.9))[0], 1e-15);
        assertEquals(Double.NEGATIVE_INFINITY, Drawn.values(ToyData.CHEQUERBOARD::logDensity, new DMatrixRMaj(2, 1, true, -3.9, -1.9))[0]);
        // import numpy as np; from scipy.special import ive, logsumexp; from scipy.integrate import quad; from scipy.stats import norm
        // r, R, s = 1.1, .75 * np.arange(1, 5), .08
        // logsumexp(-.5 * ((r - R) / s) ** 2 + np.log(ive(0, r * R / s / s)) - np.log(2 * np.pi * s * s)) - np.log(4)
        assertEquals(-11.053478708639236, Drawn.values(ToyData.RINGS::logDensity, new DMatrixRMaj(2, 1, true, 0.66, 0.88))[0], 1e-10);
        // n = lambda d: norm.pdf(d, scale=.2)
        // one = quad(lambda t: n(1.5 - 2 * np.cos(t)) * n(-.7 - 2 * np.sin(t)), 0, np.pi, epsabs=0, epsrel=1e-13, limit=500)[0] / np.pi
        // two = quad(lambda t: n(2 * np.cos(t) - .5) * n(2 * np.sin(t) - 1.7), 0, np.pi, epsabs=0, epsrel=1e-13, limit=500)[0] / np.pi
        // np.log((one + two) / 2)
        assertEquals(-2.4283436590338385, Drawn.values(ToyData.TWO_MOONS::logDensity, new DMatrixRMaj(2, 1, true, 0.5, -0.9))[0], 1e-8);
        // w = 1 / 6; c = lambda d: (norm.cdf((d + w / 2) / .1) - norm.cdf((d - w / 2) / .1)) / w
        // f = lambda t, q: c(1.3 - q * (.25 - np.cos(t) * t) / 3) * c(-2.2 - q * (.25 + np.sin(t) * t) / 3) * 2 * t / (3 * np.pi) ** 2
        // np.log(sum(quad(f, a * np.pi / 20, (a + 1) * np.pi / 20, args=(q,), epsrel=1e-12)[0] / 2 for q in (1, -1) for a in range(60)))
        assertEquals(-2.5652123386129673, Drawn.values(ToyData.TWO_SPIRALS::logDensity, new DMatrixRMaj(2, 1, true, 1.3, -2.2))[0], 1e-7);
    }
}
