package demos;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.DrawSource;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.Workspace;
import org.fluvia.flows.FittedFlow;
import org.fluvia.flows.Flow;
import org.fluvia.flows.FlowSpec;
import org.fluvia.flows.Flows;
import org.fluvia.flows.LearnedFlow;
import org.fluvia.flows.Learning;
import org.fluvia.flows.conditioner.Context;

/**
 * The distribution of handwritten digits: a flow, and after it the {@link Marginals}.
 *
 * @param learned of grey levels with uniform noise
 * @param copula of standard normal pixels: the flow without the marginals
 */
record DigitFlow(LearnedFlow learned, FittedFlow copula, Marginals marginals) {
    private static final int NOISES = 4;
    private static final double NATS = Math.log(2);

    /** A flow, and after it the marginals, which are of grey levels as they are. */
    private record Recipe(FlowSpec copula, Marginals marginals) implements FlowSpec {
        @Override
        public Flow build(int dimension, long seed, Context context) {
            return copula.build(dimension, seed, context).then(marginals);
        }

        @Override
        public boolean isOfStandardised() {
            return false;
        }
    }

    /** A Glow of levels with 4 x 4, 2 x 2 and 1 positions, and 8 steps in each. */
    static DigitFlow glow(Digits digits) {
        return learn(Flows.glow(1, Digits.SIDE, Digits.SIDE), digits, DigitFlow::fully);
    }

    /** How the demonstrations learn. */
    static Learning fully(Learning learning) {
        return learning.epochs(20).patience(3);
    }

    /** Learns from digits; some of them say when to stop. */
    static DigitFlow learn(FlowSpec flow, Digits digits, UnaryOperator<Learning> how) {
        Marginals marginals = Marginals.of(digits.images(), Digits.LEVELS);
        FlowSpec copula = flow.towards(FlowSpec.Use.DENSITY);
        Learning learning = Learning.of(new Recipe(copula, marginals)).batch(128).rate(2e-3);
        LearnedFlow learned = how.apply(learning).run(digits.dequantised(1));
        FittedFlow inner = FittedFlow.of(copula.build(Digits.PIXELS, learned.record().seed()), learned.flow().weights());
        return new DigitFlow(learned, inner, marginals);
    }

    /** Of each image the log-probability in nats, or rather a bound below it: the mean log-density over a few noises. */
    double[] logProbability(Digits digits) {
        double[] sums = new double[digits.size()];
        for (int k = 0; k < NOISES; k++) {
            double[] some = learned.logDensity(digits.dequantised(100 + k));
            for (int i = 0; i < sums.length; i++) sums[i] += some[i] / NOISES;
        }
        return sums;
    }

    /** What a code for the distribution takes for a pixel of these. */
    double bitsPerPixel(Digits digits) {
        return -Arrays.stream(logProbability(digits)).average().orElseThrow() / (Digits.PIXELS * NATS);
    }

    /** Images (grey levels) of draws of the base, pixels x draws. */
    int[][] images(DMatrixRMaj base) {
        Expr noise = Expr.perDraw("noise", Shape.of(Digits.PIXELS));
        Expr value = learned.flow().flow().sample(noise).value();
        Workspace w = Program.of(value).workspace();
        learned.flow().flow().weights().set(w, learned.flow().weights());
        w.set(noise, DrawSource.of(base));
        w.run(base.numCols);
        return levels(w.perDraw(value));
    }

    /** The grey levels of values, pixels x draws. */
    static int[][] levels(DMatrixRMaj values) {
        int[][] images = new int[values.numCols][Digits.PIXELS];
        for (int j = 0; j < values.numCols; j++) {
            for (int i = 0; i < Digits.PIXELS; i++) images[j][i] = Math.min((int) values.get(i, j), Digits.LEVELS - 1);
        }
        return images;
    }
}
