package demos;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.flows.FittedFlow;
import org.fluvia.flows.Flow;
import org.fluvia.flows.Flows;
import org.fluvia.flows.Normalisation;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LocalBitsBackTest {
    private static final int IMAGES = 20;
    private static final int NOISES = 50;
    private static int[][] images;
    private static Marginals marginals;
    private static Flow glow;
    private static double[] weights;

    /** A flow that is far from the identity, but has learned nothing. */
    @BeforeAll
    static void makeFlow() throws IOException {
        Digits digits = Digits.all();
        images = Arrays.copyOf(digits.heldOut().images(), IMAGES);
        marginals = Marginals.of(digits.toLearn().images(), Digits.LEVELS);
        glow = Flows.glow(1, Digits.SIDE, Digits.SIDE).steps(2).hidden(8, 8).build(Digits.PIXELS, 1);
        weights = glow.weights().initial();
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < weights.length; i++) weights[i] += 0.1 * (2 * random.nextDouble() - 1);
        Normalisation.of(glow.then(marginals)).start(weights, noisy(0), Map.of());
    }

    private static DMatrixRMaj noisy(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        DMatrixRMaj y = new DMatrixRMaj(Digits.PIXELS, IMAGES);
        for (int j = 0; j < IMAGES; j++) {
            for (int i = 0; i < Digits.PIXELS; i++) y.set(i, j, images[j][i] + random.nextDouble());
        }
        return y;
    }

    @Test
    void imagesComeBackAndTakeWhatTheDensitySays() {
        LocalBitsBack coder = new LocalBitsBack(FittedFlow.of(glow, weights), marginals);
        Rans stack = new Rans();
        for (int[] image : images) coder.push(stack, image);
        byte[] bytes = LocalBitsBack.packed(images.length, stack);
        assertArrayEquals(bytes, coder.encode(images));
        assertArrayEquals(images, new LocalBitsBack(FittedFlow.of(glow, weights), marginals).decode(bytes));

        FittedFlow density = FittedFlow.of(glow.then(marginals), weights);
        double sum = 0;
        double squares = 0;
        for (int k = 0; k < NOISES; k++) {
            double bits = -Arrays.stream(density.logDensity(noisy(k))).sum() / Math.log(2);
            sum += bits;
            squares += bits * bits;
        }
        double mean = sum / NOISES;
        double sd = Math.sqrt(squares / NOISES - mean * mean);
        assertEquals(mean, 8.0 * bytes.length - stack.suppliedBits(), 4 * sd + 0.005 * mean + 64);
    }

    @Test
    void codesOfAFlowThatBreaksDownAreLongNotWrong() {
        double[] broken = weights.clone();
        for (int i = 0; i < broken.length; i++) broken[i] *= i % 3 == 0 ? 1e200 : 1;
        LocalBitsBack coder = new LocalBitsBack(FittedFlow.of(glow, broken), marginals);
        byte[] bytes = coder.encode(images);
        assertTrue(bytes.length > 2 * new LocalBitsBack(FittedFlow.of(glow, weights), marginals).encode(images).length);
        assertArrayEquals(images, coder.decode(bytes));
    }

    @Test
    void noImagesTakeTheirNumberAndTheStateAlone() {
        LocalBitsBack coder = new LocalBitsBack(FittedFlow.of(glow, weights), marginals);
        byte[] bytes = coder.encode(new int[0][]);
        assertEquals(Integer.BYTES + Long.BYTES, bytes.length);
        assertEquals(0, coder.decode(bytes).length);
    }

    @Test
    void damagedBytesAreRefused() {
        LocalBitsBack coder = new LocalBitsBack(FittedFlow.of(glow, weights), marginals);
        byte[] bytes = coder.encode(Arrays.copyOf(images, 3));
        byte[] changed = bytes.clone();
        changed[bytes.length / 2] ^= 1;
        assertThrows(IllegalArgumentException.class, () -> coder.decode(changed));
        byte[] cut = Arrays.copyOf(bytes, bytes.length - Integer.BYTES);
        assertThrows(IllegalArgumentException.class, () -> coder.decode(cut));
        byte[] fewer = bytes.clone();
        fewer[Integer.BYTES - 1]--;
        assertThrows(IllegalArgumentException.class, () -> coder.decode(fewer));
        byte[] negative = bytes.clone();
        negative[0] = -1;
        assertThrows(IllegalArgumentException.class, () -> coder.decode(negative));
        assertThrows(IllegalArgumentException.class, () -> coder.decode(new byte[3]));
        int[] white = new int[Digits.PIXELS];
        white[5] = Digits.LEVELS;
        assertTrue(assertThrows(IllegalArgumentException.class, () -> coder.encode(new int[][] {white})).getMessage().contains("position 5"));
    }
}
