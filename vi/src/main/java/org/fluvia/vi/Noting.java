package org.fluvia.vi;

import org.fluvia.flows.training.Resumable;
import org.fluvia.flows.training.State;

/** Notes a state, which may be large: it is passed once to count its numbers, and once more to copy them. */
final class Noting implements State {
    private final double[] noted;
    private int count;

    private Noting(int size) {
        noted = new double[size];
    }

    /** How many numbers it has. */
    private static final class Counting implements State {
        private long count;

        @Override
        public double number(double now) {
            count++;
            return now;
        }

        @Override
        public void numbers(double[] now) {
            count += now.length;
        }
    }

    static long size(Resumable work) {
        Counting counting = new Counting();
        work.state(counting);
        return counting.count;
    }

    /** @throws ArithmeticException if no array holds so many numbers */
    static double[] of(Resumable work) {
        Noting noting = new Noting(Math.toIntExact(size(work)));
        work.state(noting);
        return noting.noted;
    }

    @Override
    public double number(double now) {
        noted[count++] = now;
        return now;
    }

    @Override
    public void numbers(double[] now) {
        System.arraycopy(now, 0, noted, count, now.length);
        count += now.length;
    }
}
