package demos;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RansTest {
    private static final int FLUSH = 64;

    private static Symbols random(SplittableRandom random) {
        double[] sums = new double[2 + random.nextInt(300)];
        double spread = 20 * random.nextDouble();
        for (int i = 1; i < sums.length; i++) sums[i] = sums[i - 1] + Math.exp(spread * random.nextDouble());
        long low = random.nextInt(1000) - 500;
        return Symbols.of(low, low + sums.length - 1, i -> sums[(int) (i - low)]);
    }

    private static double bits(Symbols symbols, long symbol) {
        long parts = symbols.below().applyAsLong(symbol + 1) - symbols.below().applyAsLong(symbol);
        return Rans.PRECISION - Math.log(parts) / Math.log(2);
    }

    @Test
    void randomSymbolsComeBackAndTakeTheirInformation() {
        SplittableRandom random = new SplittableRandom(7);
        for (int repetition = 0; repetition < 5; repetition++) {
            List<Symbols> distributions = new ArrayList<>();
            List<Long> symbols = new ArrayList<>();
            Rans stack = new Rans();
            double information = 0;
            for (int i = 0; i < 20_000; i++) {
                Symbols distribution = i % 100 == 0 ? random(random) : distributions.get(i - 1);
                long symbol = distribution.of(random.nextLong(1L << Rans.PRECISION));
                distribution.push(stack, symbol);
                distributions.add(distribution);
                symbols.add(symbol);
                information += bits(distribution, symbol);
            }
            byte[] bytes = stack.bytes();
            assertEquals(information, 8.0 * bytes.length, 0.001 * information + FLUSH);
            Rans read = Rans.of(bytes);
            for (int i = symbols.size() - 1; i >= 0; i--) assertEquals(symbols.get(i), distributions.get(i).pop(read));
            assertTrue(read.isAsNew());
        }
    }

    @Test
    void whatIsTakenFromBelowIsGivenBack() {
        SplittableRandom random = new SplittableRandom(8);
        Symbols symbols = random(random);
        Rans stack = new Rans();
        List<Long> taken = new ArrayList<>();
        for (int i = 0; i < 1000; i++) taken.add(symbols.pop(stack));
        assertTrue(stack.suppliedBits() > 0);
        assertFalse(stack.isAsNew());
        for (int i = taken.size() - 1; i >= 0; i--) symbols.push(stack, taken.get(i));
        assertTrue(stack.isAsNew());
    }

    @Test
    void everySymbolHasAPart() {
        Symbols broken = Symbols.of(-3, 1000, i -> Double.NaN);
        Symbols steep = NormalGrid.near(0.3, 1e-300, 10);
        Symbols far = NormalGrid.near(1e300, 1, 10);
        Symbols lost = NormalGrid.near(Double.NaN, Double.NaN, 10);
        for (Symbols symbols : List.of(broken, steep, far, lost, Symbols.of(0, 1, i -> i), NormalGrid.around(-5, 1e-9))) {
            assertEquals(0, symbols.below().applyAsLong(symbols.low()));
            assertEquals(1L << Rans.PRECISION, symbols.below().applyAsLong(symbols.high()));
            for (long i = symbols.low(); i < symbols.high(); i++) {
                assertTrue(symbols.below().applyAsLong(i) < symbols.below().applyAsLong(i + 1), "at " + i);
                assertEquals(i, symbols.of(symbols.below().applyAsLong(i)));
                assertEquals(i, symbols.of(symbols.below().applyAsLong(i + 1) - 1));
            }
        }
    }

    @Test
    void theTableIsTheNormalDistribution() {
        assertEquals(0.5, NormalGrid.cdf(0), 1e-12);
        assertEquals(0.97724986805, NormalGrid.cdf(2), 1e-6);
        assertEquals(0.00134989803, NormalGrid.cdf(-3.0), 1e-6);
        for (double p : new double[] {1e-5, 0.2, 0.7, 0.9999}) {
            long i = NormalGrid.quantile(p);
            assertTrue(NormalGrid.cdf(i * NormalGrid.CELL) >= p && NormalGrid.cdf((i - 1) * NormalGrid.CELL) < p);
        }
    }

    @Test
    void bytesThatAreNoStackAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> Rans.of(new byte[7]));
        assertThrows(IllegalArgumentException.class, () -> Rans.of(new byte[10]));
        assertThrows(IllegalArgumentException.class, () -> Rans.of(new byte[8]));
        assertArrayEquals(new Rans().bytes(), Rans.of(new Rans().bytes()).bytes());
    }
}
