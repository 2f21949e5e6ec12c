package org.fluvia.flows.distance;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.SplitMix;
import org.fluvia.flows.Samples;

/**
 * The classifier two-sample test (Lopez-Paz and Oquab 2017), as simulation-based inference reports it (Lueckmann et al. 2021): how often a
 * neural network tells which of two sets a point is from, that it was not trained with. 0.5 where the distributions are the same, 1 where
 * no point can be of either. Points are standardised by the first set; the network has two hidden layers of 10 d units, and there are five
 * folds. Unlike there, a tenth of what a network is given says when it has learned enough, and sets of different sizes count alike.
 *
 * @param accuracy the mean of that of either set
 * @param standardError of the accuracy, by the number of points; it says nothing of how a network is trained
 */
public record C2st(double accuracy, double standardError) {
    private static final int FOLDS = 5;
    private static final int LEAST = 10;

    /** With seed 1. */
    public static C2st between(DMatrixRMaj x, DMatrixRMaj y) {
        return between(x, y, 1);
    }

    /**
     * Of two sets; 10,000 points each take seconds.
     *
     * @param x elements x draws, at least 10; not modified
     * @param y as many elements, any number of draws, at least 10; not modified
     * @param seed of folds, networks and batches
     * @throws IllegalArgumentException if a set has too few points, the two are of different width, or a number is not finite
     */
    public static C2st between(DMatrixRMaj x, DMatrixRMaj y, long seed) {
        TwoSets sets = TwoSets.of("C2st", x, y, LEAST);
        Samples points = Samples.of(standardised(sets));
        Samples sides = sides(sets);
        int[] fold = new int[sets.size()];
        deal(fold, 0, sets.m(), SplitMix.at(seed, 0));
        deal(fold, sets.m(), sets.size(), SplitMix.at(seed, 1));
        int[] right = new int[2];
        for (int k = 0; k < FOLDS; k++) {
            int out = k;
            int[] tested = IntStream.range(0, fold.length).filter(j -> fold[j] == out).toArray();
            int[] learned = IntStream.range(0, fold.length).filter(j -> fold[j] != out).toArray();
            Classifier classifier = new Classifier(points, sides, learned, SplitMix.at(seed, 2 + k));
            double[] logit = classifier.logits(classifier.train(), tested);
            for (int j = 0; j < tested.length; j++) {
                boolean isOfFirst = tested[j] < sets.m();
                if (isOfFirst == logit[j] > 0) right[isOfFirst ? 0 : 1]++;
            }
        }
        double first = (double) right[0] / sets.m();
        double second = (double) right[1] / sets.n();
        return new C2st((first + second) / 2, Math.sqrt(first * (1 - first) / sets.m() + second * (1 - second) / sets.n()) / 2);
    }

    /** Numbers the points of a set at random from 0 to 4, as many of each as can be. */
    private static void deal(int[] fold, int from, int to, long seed) {
        int[] order = IntStream.range(from, to).toArray();
        SplitMix.shuffle(order, seed);
        for (int i = 0; i < order.length; i++) fold[order[i]] = i % FOLDS;
    }

    /** Weights by which either set counts as much as the other. */
    private static Samples sides(TwoSets sets) {
        double[] sides = new double[sets.size()];
        Arrays.fill(sides, 0, sets.m(), sets.size() / (2.0 * sets.m()));
        Arrays.fill(sides, sets.m(), sets.size(), -sets.size() / (2.0 * sets.n()));
        return Samples.ofRows(sides, 1);
    }

    private static DMatrixRMaj standardised(TwoSets sets) {
        DMatrixRMaj z = sets.points().copy();
        for (int i = 0; i < z.numRows; i++) {
            double[] x = Arrays.copyOfRange(z.data, i * z.numCols, i * z.numCols + sets.m());
            double mean = Arrays.stream(x).sum() / x.length;
            double sd = Math.sqrt(Arrays.stream(x).map(e -> (e - mean) * (e - mean)).sum() / x.length);
            for (int j = 0; j < z.numCols; j++) z.set(i, j, (z.get(i, j) - mean) / (sd > 0 ? sd : 1));
        }
        return z;
    }
}
