package org.fluvia.kernel.vector;

/** Buffers of one thread for {@link VectorKernels}; fixed in size, so that no call allocates. */
final class Scratch {
    /** Elements of a piece of a row, a multiple of 8. */
    static final int PIECE = 512;

    /** A packed panel of A, a packed block of B and a tile of C, see {@link VectorGemm}. */
    final double[] a = new double[VectorGemm.ROWS * VectorGemm.DEPTH];
    final double[] b = new double[VectorGemm.COLUMNS * VectorGemm.DEPTH];
    final double[] c = new double[VectorGemm.ROWS * 8];

    final double[] piece = new double[PIECE];
    final double[] shift = new double[PIECE];
    /** What one pass leaves for the next, see {@link VectorPasses}. */
    final double[] first = new double[PIECE];
    final double[] second = new double[PIECE];
    final double[] third = new double[PIECE];
    final double[] lanes = new double[8];

    private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::new);

    private Scratch() {}

    static Scratch ofThread() {
        return OF_THREAD.get();
    }
}
