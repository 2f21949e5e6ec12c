package org.fluvia.kernel.special;

/** The multiply-add of all kernels: fused where the hardware can, two roundings where it cannot. */
public final class Arithmetic {
    private Arithmetic() {}

    /**
     * True where {@link Math#fma} runs as an instruction. Elsewhere the JDK falls back to BigDecimal, some hundred times
     * slower, and kernels multiply and add instead; their results then differ in the last bits.
     */
    public static final boolean FUSED = measureFused();

    public static double fma(double a, double b, double c) {
        return FUSED ? Math.fma(a, b, c) : a * b + c;
    }

    /**
     * The JDK has no query for it, but the two ways are more than a factor of ten apart even in the interpreter. One fast
     * batch is proof, so that a busy machine cannot change the answer: it would have to disturb every batch.
     */
    private static boolean measureFused() {
        double x = 1.0 / 3;
        for (int batch = 0; batch < 200; batch++) {
            long start = System.nanoTime();
            double sum = 1;
            for (int i = 0; i < 20; i++) {
                sum = Math.fma(sum, x, x);
            }
            long nanos = System.nanoTime() - start;
            if (nanos < 5_000 && sum > 0) {
                return true;
            }
        }
        return false;
    }
}
