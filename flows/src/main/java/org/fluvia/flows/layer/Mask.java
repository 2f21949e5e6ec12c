package org.fluvia.flows.layer;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.fluvia.autodiff.Expr;
import org.fluvia.flows.check.Dimensions;

/**
 * Which elements of a vector a coupling moves; it keeps the others, and what it moves depends on them. There are some of both. An image
 * is a vector of its channels one after the other, each row by row. Immutable and thread-safe.
 */
public final class Mask {
    private final boolean[] moves;
    private final int[] kept;
    private final int[] moved;
    /** Where each element is among those that are kept and then those that are moved. */
    private final int[] place;

    private Mask(boolean[] moves) {
        check(moves.length);
        this.moves = moves;
        kept = IntStream.range(0, moves.length).filter(i -> !moves[i]).toArray();
        moved = IntStream.range(0, moves.length).filter(i -> moves[i]).toArray();
        if (kept.length == 0 || moved.length == 0) {
            throw new IllegalArgumentException("Coupling: a mask must keep some elements and move others, but "
                    + (kept.length == 0 ? "moves" : "keeps") + " all " + moves.length);
        }
        place = new int[moves.length];
        for (int k = 0; k < kept.length; k++) place[kept[k]] = k;
        for (int k = 0; k < moved.length; k++) place[moved[k]] = kept.length + k;
    }

    /**
     * Any mask.
     *
     * @param moves true for each element that is moved; copied
     * @throws IllegalArgumentException if all are, or none
     */
    public static Mask of(boolean... moves) {
        return new Mask(Dimensions.present("Mask", "moves", moves).clone());
    }

    /** The first ceil(d / 2) elements move. */
    public static Mask firstHalf(int dimension) {
        return of(dimension, i -> i < (dimension + 1) / 2);
    }

    /** All elements but the first ceil(d / 2) move. */
    public static Mask secondHalf(int dimension) {
        return of(dimension, i -> i >= (dimension + 1) / 2);
    }

    /** Every other element moves, from the second on. */
    public static Mask alternate(int dimension) {
        return of(dimension, i -> i % 2 == 1);
    }

    /** Every other position of an image moves, in all channels, as the black squares of a chessboard (Dinh et al. 2017, figure 3). */
    public static Mask chequerboard(int channels, int height, int width) {
        return of(size(channels, height, width), i -> (i % (height * width) / width + i % width) % 2 == 1);
    }

    /** An image's channels but the first half move, rounded up (Dinh et al. 2017, figure 3). */
    public static Mask channels(int channels, int height, int width) {
        return of(size(channels, height, width), i -> i / (height * width) >= (channels + 1) / 2);
    }

    private static Mask of(int dimension, IntPredicate moves) {
        check(dimension);
        boolean[] all = new boolean[dimension];
        for (int i = 0; i < all.length; i++) all[i] = moves.test(i);
        return new Mask(all);
    }

    private static void check(int dimension) {
        if (dimension < 2) {
            throw new IllegalArgumentException("Coupling: dimension must be at least 2, but was " + dimension
                    + ". One element has no other to depend on.");
        }
    }

    private static int size(int channels, int height, int width) {
        if (channels < 1 || height < 1 || width < 1) {
            throw new IllegalArgumentException("Mask: channels, height and width must be at least 1, but were " + channels + ", " + height
                    + " and " + width);
        }
        return channels * height * width;
    }

    /** What this keeps moves, and what it moves is kept. */
    public Mask opposite() {
        return of(moves.length, i -> !moves[i]);
    }

    /** The number of elements. */
    public int dimension() {
        return moves.length;
    }

    /** The number of elements that move. */
    public int size() {
        return moved.length;
    }

    /** The elements that are kept. */
    Expr kept(Expr x) {
        return some(x, kept);
    }

    /** The elements that move. */
    Expr moved(Expr x) {
        return some(x, moved);
    }

    /** All elements, each in its place. */
    Expr joined(Expr kept, Expr moved) {
        // either half is a view of the whole
        if (this.moved[0] == kept.shape().size()) return Expr.concat(kept, moved);
        if (this.kept[0] == moved.shape().size()) return Expr.concat(moved, kept);
        return Expr.concat(kept, moved).get(Expr.vector(Arrays.stream(place).asDoubleStream().toArray()));
    }

    private static Expr some(Expr x, int[] which) {
        int to = which[0] + which.length;
        if (which[which.length - 1] == to - 1) return x.slice(which[0], to);
        return x.get(Expr.vector(Arrays.stream(which).asDoubleStream().toArray()));
    }
}
