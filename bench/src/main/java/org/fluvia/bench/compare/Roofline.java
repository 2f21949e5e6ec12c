package org.fluvia.bench.compare;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * What one core can do at most: fused multiply-adds with everything in registers, and bytes moved by a copy that no cache
 * holds. It uses the Vector API itself, so that it does not depend on the kernels that are judged by it.
 */
final class Roofline {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int ACCUMULATORS = 12;
    private static final int REPEATS = 20_000;
    private static final int COPIED = 8 << 20;

    private Roofline() {}

    /** Floating-point operations a second, a fused multiply-add counted as two. */
    static double peakFlops() {
        Stopwatch.time(Roofline::multiplyAdds, 0.5);
        double time = Stopwatch.time(Roofline::multiplyAdds, 0.5);
        return 2.0 * ACCUMULATORS * SPECIES.length() * REPEATS / time;
    }

    /** Bytes read and written a second. */
    static double copyBandwidth() {
        double[] from = new double[COPIED];
        double[] to = new double[COPIED];
        double time = Stopwatch.time(() -> {
            System.arraycopy(from, 0, to, 0, COPIED);
            return to[0];
        }, 0.5);
        return 16.0 * COPIED / time;
    }

    private static double multiplyAdds() {
        DoubleVector x = DoubleVector.broadcast(SPECIES, 0.999);
        DoubleVector y = DoubleVector.broadcast(SPECIES, 1e-3);
        DoubleVector a = y;
        DoubleVector b = y;
        DoubleVector c = y;
        DoubleVector d = y;
        DoubleVector e = y;
        DoubleVector f = y;
        DoubleVector g = y;
        DoubleVector h = y;
        DoubleVector i = y;
        DoubleVector j = y;
        DoubleVector k = y;
        DoubleVector l = y;
        for (int r = 0; r < REPEATS; r++) {
            a = a.fma(x, y);
            b = b.fma(x, y);
            c = c.fma(x, y);
            d = d.fma(x, y);
            e = e.fma(x, y);
            f = f.fma(x, y);
            g = g.fma(x, y);
            h = h.fma(x, y);
            i = i.fma(x, y);
            j = j.fma(x, y);
            k = k.fma(x, y);
            l = l.fma(x, y);
        }
        return a.add(b).add(c).add(d).add(e).add(f).add(g).add(h).add(i).add(j).add(k).add(l).lane(0);
    }
}
