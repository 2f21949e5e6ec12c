package org.fluvia.bench.compare;

import java.util.Arrays;
import java.util.function.DoubleSupplier;
import java.util.function.DoubleUnaryOperator;

/**
 * The same work done by two sides that take turns, so that whatever else the machine does meets both.
 *
 * @param ours median seconds of our side over the rounds
 * @param theirs median seconds of the other side
 * @param ratios theirs / ours of each round, ascending: above 1 we are faster
 */
record Contest(double ours, double theirs, double[] ratios) {

    /**
     * @param ours one run of our work
     * @param theirs answers the time of a run of the other side, measured over the given seconds
     */
    static Contest run(DoubleSupplier ours, DoubleUnaryOperator theirs, Turns turns) {
        Stopwatch.time(ours, turns.warmUp());
        int rounds = turns.rounds();
        double seconds = turns.seconds();
        double[] a = new double[rounds];
        double[] b = new double[rounds];
        double[] ratios = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            a[i] = Stopwatch.time(ours, seconds);
            b[i] = theirs.applyAsDouble(seconds);
            ratios[i] = b[i] / a[i];
        }
        Arrays.sort(ratios);
        return new Contest(Stopwatch.median(a), Stopwatch.median(b), ratios);
    }

    double least() {
        return ratios[0];
    }

    double median() {
        return Stopwatch.median(ratios);
    }

    double most() {
        return ratios[ratios.length - 1];
    }
}
