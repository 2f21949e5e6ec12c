package org.fluvia.flows.distance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.BiConsumer;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.NormalNoise;
import org.junit.jupiter.api.Test;

/** Distances between sets of points against other libraries, closed forms for normal distributions, and what they promise of any input. */
class DistancesTest {
    private static final double[] X = {0.3, -1.2, 4.5, 2.2, 0.1};
    private static final double[] Y = {1.0, -0.5, 3.0};
    private static final DMatrixRMaj FOUR = new DMatrixRMaj(new double[][] {{0.1, 0.5, -1.0, 2.0}, {1.0, 0.3, 0.2, -0.7}});
    private static final DMatrixRMaj THREE = new DMatrixRMaj(new double[][] {{0.9, 1.5, -0.3}, {2.0, -1.3, 0.4}});

    /** Standard normal points, shifted along the first axis. */
    private static DMatrixRMaj normal(int d, int n, double shift, long seed) {
        DMatrixRMaj x = new DMatrixRMaj(d, n);
        NormalNoise.of(seed).fill(0, n, d, x.data, 0, n);
        for (int j = 0; j < n; j++) x.add(0, j, shift);
        return x;
    }

    private static DMatrixRMaj times(DMatrixRMaj x, double factor) {
        DMatrixRMaj y = x.copy();
        for (int i = 0; i < y.getNumElements(); i++) y.data[i] *= factor;
        return y;
    }

    @Test
    void wassersteinInOneDimensionIsThatOfTheQuantiles() {
        // scipy.stats.wasserstein_distance([0.3, -1.2, 4.5, 2.2, 0.1], [1.0, -0.5, 3.0]), SciPy 1.17.1
        assertEquals(0.9066666666666666, Wasserstein.between(X, Y, 1), 1e-15);
        // a, b = np.sort(x), np.sort(y); q = np.unique(np.r_[np.arange(6) / 5, np.arange(4) / 3]); c = (q[1:] + q[:-1]) / 2
        // np.sqrt(np.sum(np.diff(q) * (a[(c * 5).astype(int)] - b[(c * 3).astype(int)]) ** 2))
        assertEquals(0.9640193635676274, Wasserstein.between(X, Y, 2), 1e-15);
        assertEquals(Wasserstein.between(X, Y, 2), Wasserstein.between(Y, X, 2), 1e-15);
        assertEquals(3, Wasserstein.between(new double[] {1}, new double[] {4}, 3.5), 1e-14);
    }

    @Test
    void slicedWassersteinOfShiftedNormalDistributionsIsKnown() {
        int d = 4;
        double shift = 3;
        Wasserstein w = Wasserstein.between(normal(d, 10_000, 0, 1), normal(d, 8_000, shift, 2), 2, 1000, 3);
        // along a direction v the distance is |shift v_1|, and the mean of v_1^2 is 1 / d
        assertEquals(shift / Math.sqrt(d), w.value(), 4 * w.standardError() + 0.02);
        assertTrue(w.standardError() > 0.01 && w.standardError() < 0.1, w.toString());
        double few = Wasserstein.between(normal(d, 1000, 0, 1), normal(d, 1000, shift, 2), 2, 100, 3).standardError();
        assertEquals(few / Math.sqrt(10), w.standardError(), 0.2 * w.standardError());
    }

    @Test
    void mmdIsThatOfTheFormulas() {
        // d = lambda a, b: ((a[:, None] - b[None]) ** 2).sum(-1); k = lambda a, b: np.mean([np.exp(-d(a, b) / 2 / s / s) for s in ss], axis=0)
        // a, b, c = k(x, x), k(x, y), k(y, y); (a.sum() - 4) / 12 + (c.sum() - 3) / 6 - 2 * b.mean(), a.mean() + c.mean() - 2 * b.mean()
        Mmd one = Mmd.between(FOUR, THREE, List.of(0.8), 0, 1);
        assertEquals(-0.29996656335673766, one.squared(), 1e-15);
        assertEquals(0.23195164195670764, one.squaredOfSets(), 1e-15);
        Mmd two = Mmd.between(FOUR, THREE, List.of(0.5, 2.0), 0, 1);
        assertEquals(-0.193030307226419, two.squared(), 1e-15);
        assertEquals(0.23002198502164795, two.squaredOfSets(), 1e-15);
        // np.median(scipy.spatial.distance.pdist(np.r_[x, y]))
        assertEquals(1.886796226411321, Mmd.between(FOUR, THREE).bandwidths().get(0), 1e-15);
    }

    @Test
    void mmdOfShiftedNormalDistributionsIsKnown() {
        int d = 3;
        double s = 1.5;
        double shift = 0.5;
        Mmd mmd = Mmd.between(normal(d, 2000, 0, 1), normal(d, 1500, shift, 2), List.of(s), 0, 1);
        double truth = 2 * Math.pow(s * s / (s * s + 2), d / 2.0) * -Math.expm1(-shift * shift / (2 * (s * s + 2)));
        assertEquals(truth, mmd.squared(), 4 * mmd.standardError());
        assertTrue(mmd.standardError() < 0.2 * truth, mmd.toString());
    }

    @Test
    void theShareOfDivisionsIsUniformWhereDistributionsAreEqualAndSmallWhereNot() {
        int repeats = 40;
        double sum = 0;
        for (int k = 0; k < repeats; k++) sum += Mmd.between(normal(2, 40, 0, 2 * k), normal(2, 30, 0, 2 * k + 1), List.of(), 99, k).pValue();
        assertEquals(0.5, sum / repeats, 4 * Math.sqrt(1.0 / 12 / repeats));
        assertEquals(0.005, Mmd.between(normal(2, 200, 0, 1), normal(2, 300, 1, 2), List.of(), 199, 1).pValue());
        assertEquals(1, Mmd.between(FOUR, FOUR, List.of(), 20, 1).pValue());
    }

    @Test
    void aClassifierFindsWhatTheBestWouldFind() {
        C2st same = C2st.between(normal(2, 1000, 0, 1), normal(2, 1000, 0, 2));
        assertEquals(0.5, same.accuracy(), 4 * same.standardError());
        assertEquals(Math.sqrt(0.25 / 2000), same.standardError(), 1e-4);
        // normal points at distance 1 are best told by where the middle is: Phi(1/2) are on their side
        C2st near = C2st.between(normal(2, 1000, 0, 1), normal(2, 1500, 1, 2), 3);
        assertEquals(0.6915, near.accuracy(), 4 * near.standardError());
        assertEquals(1, C2st.between(normal(2, 100, 0, 1), normal(2, 200, 50, 2)).accuracy(), 0.01);
        assertEquals(near, C2st.between(normal(2, 1000, 0, 1), normal(2, 1500, 1, 2), 3));
    }

    @Test
    void setsThatAreTheSameAreNotApart() {
        for (DMatrixRMaj x : List.of(normal(2, 30, 0, 1), new DMatrixRMaj(2, 20), times(normal(1, 12, 0, 1), 1e299))) {
            assertEquals(new Wasserstein(0, 0), Wasserstein.between(x, x));
            assertEquals(0, Mmd.between(x, x).squaredOfSets(), 1e-14);
            assertEquals(0.5, C2st.between(x, x).accuracy(), 0.5);
        }
        assertEquals(0.5, C2st.between(new DMatrixRMaj(2, 20), new DMatrixRMaj(2, 20)).accuracy());
    }

    @Test
    void unitsDoNotMatterHoweverLargeOrSmall() {
        DMatrixRMaj x = normal(2, 50, 0, 1);
        DMatrixRMaj y = normal(2, 60, 1, 2);
        for (double factor : new double[] {0x1p990, 0x1p-1000}) {
            assertEquals(Wasserstein.between(x, y).value() * factor, Wasserstein.between(times(x, factor), times(y, factor)).value());
            Mmd mmd = Mmd.between(times(x, factor), times(y, factor), List.of(), 20, 1);
            assertEquals(Mmd.between(x, y, List.of(), 20, 1).squared(), mmd.squared());
            assertEquals(Mmd.between(x, y).bandwidths().get(0) * factor, mmd.bandwidths().get(0));
            assertEquals(C2st.between(x, y), C2st.between(times(x, factor), times(y, factor)));
        }
        DMatrixRMaj far = new DMatrixRMaj(1, 12);
        for (int j = 0; j < 12; j++) far.set(0, j, j % 2 == 0 ? Double.MAX_VALUE : -Double.MAX_VALUE);
        assertTrue(Double.isFinite(Wasserstein.between(far, normal(1, 12, 0, 1)).value()));
        assertTrue(Double.isFinite(Mmd.between(far, normal(1, 12, 0, 1), List.of(1e-300, 1.0), 5, 1).squared()));
        assertTrue(C2st.between(far, normal(1, 12, 0, 1)).accuracy() >= 0);
    }

    private static void assertRefused(String message, Runnable r) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, r::run).getMessage());
    }

    private static void assertAllRefuse(String message, DMatrixRMaj x, DMatrixRMaj y) {
        List<BiConsumer<DMatrixRMaj, DMatrixRMaj>> all = List.of(Wasserstein::between, Mmd::between, C2st::between);
        List<String> names = List.of("Wasserstein", "Mmd", "C2st");
        for (int i = 0; i < 3; i++) {
            BiConsumer<DMatrixRMaj, DMatrixRMaj> distance = all.get(i);
            assertRefused(names.get(i) + message, () -> distance.accept(x, y));
        }
    }

    @Test
    void whatIsNoSetOfPointsIsRefused() {
        DMatrixRMaj ten = normal(2, 10, 0, 1);
        DMatrixRMaj broken = ten.copy();
        broken.set(1, 3, Double.NaN);
        assertAllRefuse(": y must be finite, but element 1 of draw 3 was NaN", ten, broken);
        broken.set(1, 3, Double.NEGATIVE_INFINITY);
        assertAllRefuse(": x must be finite, but element 1 of draw 3 was -Infinity", broken, ten);
        assertAllRefuse(": y must have 2 rows, one for each element, as x has, but had 3", ten, normal(3, 10, 0, 1));
        assertAllRefuse(": x must not be null", null, ten);
        assertAllRefuse(": rows of x, one for each element, must be at least 1, but was 0", new DMatrixRMaj(0, 10), ten);
        assertRefused("Wasserstein: columns of y, one for each draw, must be at least 1, but was 0", () -> Wasserstein.between(ten, new DMatrixRMaj(2, 0)));
        assertRefused("Mmd: columns of y, one for each draw, must be at least 2, but was 1", () -> Mmd.between(ten, new DMatrixRMaj(2, 1)));
        assertRefused("C2st: columns of x, one for each draw, must be at least 10, but was 9", () -> C2st.between(new DMatrixRMaj(2, 9), ten));
        assertRefused("Wasserstein: order must be at least 1 and finite, but was 0.5", () -> Wasserstein.between(X, Y, 0.5));
        assertRefused("Wasserstein: lines must be at least 1, but was 0", () -> Wasserstein.between(ten, ten, 1, 0, 1));
        assertRefused("Mmd: bandwidths must be positive and finite, but was 0.0", () -> Mmd.between(ten, ten, List.of(1.0, 0.0), 0, 1));
        assertRefused("Mmd: divisions must be at least 0, but was -1", () -> Mmd.between(ten, ten, List.of(), -1, 1));
    }
}
