package demos;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.fluvia.autodiff.SplitMix;

/**
 * A stack of bits onto which symbols are pushed, and from which they are popped, by their probabilities: a range variant of asymmetric
 * numeral systems (Duda 2014) with a state of 64 bits that grows and shrinks by words of 32. A symbol of probability p takes -log2 p bits.
 * To pop what was never pushed draws a symbol at random and takes bits off the stack, which pushing it gives back: bits back.
 *
 * <p>A stack that has nothing is made longer below by words that the same seed always gives. Mutable; for one thread.
 */
final class Rans {
    /** Probabilities are whole numbers of 2^-30. */
    static final int PRECISION = 30;
    private static final long SEED = 0x666c75766961L;
    /** The state is from here to 2^63 - 1. */
    private static final long LEAST = 1L << 31;
    private static final int WORD = 32;

    private long state = LEAST;
    private int[] words = new int[1024];
    private int size;
    private int supplied;

    /** Pushes the symbol of probability width / 2^30 that comes after symbols of probability start / 2^30 together. */
    void push(long start, long width) {
        if (Long.compareUnsigned(state, width << (Long.SIZE - 1 - PRECISION)) >= 0) {
            if (size == words.length) words = Arrays.copyOf(words, 2 * size);
            words[size++] = (int) state;
            state >>>= WORD;
        }
        state = (state / width << PRECISION) + state % width + start;
    }

    /** A number from 0 to 2^30 - 1 that lies in the part of the symbol that {@link #pop} takes off. */
    long top() {
        return state & ((1L << PRECISION) - 1);
    }

    /** Takes off the symbol that {@link #top} lies in; the inverse of {@link #push}. */
    void pop(long start, long width) {
        state = width * (state >>> PRECISION) + top() - start;
        if (state < LEAST) state = state << WORD | Integer.toUnsignedLong(size > 0 ? words[--size] : word(supplied++));
    }

    private static int word(int i) {
        return (int) SplitMix.at(SEED, i);
    }

    /** Whether it is as it began: everything pushed was popped, and everything taken was given back. */
    boolean isAsNew() {
        if (state != LEAST) return false;
        for (int i = 0; i < size; i++) {
            if (words[size - 1 - i] != word(i)) return false;
        }
        return true;
    }

    /** How much is on the stack. What is pushed adds -log2 of its probability, to within a part of a bit. */
    double bits() {
        return (double) WORD * size + Math.log((double) state / LEAST) / Math.log(2);
    }

    /** How many bits were taken that nobody had pushed. */
    long suppliedBits() {
        return (long) WORD * supplied;
    }

    /** What was pushed: the state, then the words from the bottom up. */
    byte[] bytes() {
        ByteBuffer buffer = ByteBuffer.allocate(Long.BYTES + Integer.BYTES * size).putLong(state);
        for (int i = 0; i < size; i++) buffer.putInt(words[i]);
        return buffer.array();
    }

    /** The stack that these bytes were made from. */
    static Rans of(byte[] bytes) {
        if (bytes.length < Long.BYTES || bytes.length % Integer.BYTES != 0) {
            throw new IllegalArgumentException("Rans: bytes must be 8 and a multiple of 4 more, but were " + bytes.length + ". Give them whole.");
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        Rans stack = new Rans();
        stack.state = buffer.getLong();
        if (stack.state < LEAST) {
            throw new IllegalArgumentException("Rans: the state must be at least 2^31, but was " + stack.state + ". The bytes are damaged.");
        }
        stack.words = new int[Math.max(1, buffer.remaining() / Integer.BYTES)];
        while (buffer.hasRemaining()) stack.words[stack.size++] = buffer.getInt();
        return stack;
    }
}
