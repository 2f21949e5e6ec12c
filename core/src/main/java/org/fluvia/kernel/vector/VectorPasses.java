package org.fluvia.kernel.vector;

/**
 * Functions in several short loops, each over a piece of the array, with what goes from one to the next in arrays that stay
 * in the first-level cache.
 *
 * <p>Why not in one loop: a vector operation is some 500 nodes to HotSpot's compiler, which makes no intrinsic of a call
 * beyond 18,000 nodes (NodeCountInliningCutoff). The vector that such a call takes or returns becomes an object, or does not,
 * depending on what the JVM did before. exp in one loop is just over that limit, softplus is at its double. The longest
 * pass has 13,000 nodes; -XX:+LogCompilation shows them.
 */
final class VectorPasses {
    private VectorPasses() {}

    /**
     * One loop over n elements of x, y and the arrays between, a to c. Its object is one class's only one, so that it is
     * compiled once and by itself.
     */
    interface Pass {
        void run(double[] x, int xOff, double[] a, double[] b, double[] c, double[] y, int yOff, int n);
    }

    /**
     * Runs the passes. Only the last two write y, and each of its elements after it has been read in x: y may be x.
     *
     * @param passes at least three: a call that has seen three classes is inlined for none of them. All but the last are for
     *     the elements in whole vectors, the last is for the others
     */
    static void run(Pass[] passes, double[] x, int xOff, double[] y, int yOff, int n) {
        Scratch scratch = Scratch.ofThread();
        for (int from = 0; from < n; from += Scratch.PIECE) {
            int length = Math.min(Scratch.PIECE, n - from);
            for (Pass pass : passes) {
                pass.run(x, xOff + from, scratch.first, scratch.second, scratch.third, y, yOff + from, length);
            }
        }
    }
}
