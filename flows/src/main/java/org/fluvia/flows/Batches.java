package org.fluvia.flows;

import org.fluvia.autodiff.DrawSource;
import org.fluvia.autodiff.SplitMix;

/**
 * The rows that training learns from, a batch a step: one permutation of them after the other, cut into batches, so that each row comes once
 * in a pass. Belongs to one thread; only steps on are taken, one by one.
 */
public final class Batches {
    private final Samples samples;
    private final int[] order;
    private final int[] batch;
    private final long seed;
    private int at;
    private long pass;
    /** Where the pass after this one begins within the batch. */
    private int nextPass;

    /**
     * @param rows to learn from; their order is changed as training goes on
     * @param size of a batch
     * @throws IllegalArgumentException if it is less than 1 or more than there are rows
     */
    public Batches(Samples samples, int[] rows, int size, long seed) {
        if (size < 1 || size > rows.length) {
            throw new IllegalArgumentException("Batches: size must be from 1 to the number of rows, " + rows.length + ", but was " + size);
        }
        this.samples = samples;
        this.seed = seed;
        order = rows;
        batch = new int[size];
        SplitMix.shuffle(order, seed);
    }

    /** Rows in a batch. */
    public int size() {
        return batch.length;
    }

    /** Rows that there are to learn from. */
    int rows() {
        return order.length;
    }

    /** Goes on to the next batch. */
    public void next() {
        if (nextPass < batch.length) pass++;
        nextPass = batch.length;
        for (int j = 0; j < batch.length; j++) {
            if (at == order.length) {
                at = 0;
                nextPass = j;
                SplitMix.shuffle(order, SplitMix.at(seed, pass + 1));
            }
            batch[j] = order[at++];
        }
    }

    /** The rows of the batch. */
    public DrawSource values() {
        return (first, count, elements, x, offset, stride) -> {
            for (int j = first; j < first + count; j++) {
                samples.fill(batch[j], j < nextPass ? pass : pass + 1, x, offset + j - first, stride);
            }
        };
    }

    /** What belongs to the rows of the batch, such as their contexts: the same rows of other samples. */
    public DrawSource contexts(Samples contexts) {
        return of(contexts, batch);
    }

    /** Of all rows that are learned from. */
    double meanWeight() {
        double sum = 0;
        for (int row : order) sum += samples.weight(row);
        return sum / order.length;
    }

    /** The weights of the batch's rows. */
    DrawSource weights(double factor) {
        return (first, count, elements, x, offset, stride) -> {
            for (int j = 0; j < count; j++) x[offset + j] = factor * samples.weight(batch[first + j]);
        };
    }

    /** These rows, in this order. */
    public static DrawSource of(Samples samples, int[] rows) {
        return (first, count, elements, x, offset, stride) -> {
            for (int j = 0; j < count; j++) samples.fill(rows[first + j], 0, x, offset + j, stride);
        };
    }
}
