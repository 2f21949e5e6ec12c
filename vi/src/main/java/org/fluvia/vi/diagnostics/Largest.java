package org.fluvia.vi.diagnostics;

/** Selection of the n-th largest value without sorting the rest. */
final class Largest {

    private Largest() {}

    /**
     * The n-th largest of {@code x}, counting ties; 1 <= n <= x.length, no NaN. Keeps the n largest seen in a heap with the smallest
     * on top, so the time is that of one pass where n is small, and x.length log n at worst.
     */
    static double nth(double[] x, int n) {
        double[] heap = new double[n];
        for (int i = 0; i < n; i++) {
            heap[i] = x[i];
        }
        for (int i = n / 2 - 1; i >= 0; i--) {
            sink(heap, i, heap[i]);
        }
        for (int i = n; i < x.length; i++) {
            if (x[i] > heap[0]) {
                sink(heap, 0, x[i]);
            }
        }
        return heap[0];
    }

    private static void sink(double[] heap, int from, double value) {
        int hole = from;
        int child = 2 * hole + 1;
        while (child < heap.length) {
            if (child + 1 < heap.length && heap[child + 1] < heap[child]) {
                child++;
            }
            if (heap[child] >= value) {
                break;
            }
            heap[hole] = heap[child];
            hole = child;
            child = 2 * hole + 1;
        }
        heap[hole] = value;
    }
}
