package org.fluvia.flows.distance;

import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.DrawSource;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.SplitMix;
import org.fluvia.autodiff.Workspace;
import org.fluvia.flows.Weights;
import org.fluvia.flows.conditioner.Activation;
import org.fluvia.flows.conditioner.Conditioner;
import org.fluvia.flows.conditioner.Context;
import org.fluvia.flows.conditioner.Mlp;
import org.fluvia.flows.training.Adam;
import org.fluvia.flows.training.GradientLearner;
import org.fluvia.flows.training.Plateaus;
import org.fluvia.flows.training.Score;
import org.fluvia.flows.training.Slope;
import org.fluvia.flows.training.Stage;
import org.fluvia.flows.training.StopRule;
import org.fluvia.flows.training.Training;
import org.fluvia.flows.transformer.Parameter;

/** A network that says of a point from which of two sets it is, by logistic regression: positive for the first. */
final class Classifier implements Slope {
    private static final int UNITS = 10;
    private static final int BATCH = 200;
    private static final int HELD_OUT = 10;
    private static final double RATE = 1e-3;
    private static final double SHRINK = 0.3;
    private static final int RATES = 2;
    private static final int PATIENCE = 10;
    private static final int MOST_EPOCHS = 200;
    private static final double LONGEST = 5;
    private static final double NEWEST = 0.05;

    private final DMatrixRMaj points;
    private final int m;
    private final int[] order;
    private final int[] held;
    private final int[] batch;
    private final double ofFirst;
    private final double ofSecond;
    private final long seed;
    private final Expr point;
    private final Expr side;
    private final Expr logit;
    private final Expr loss;
    private final Weights weights;
    private final List<Expr> gradients;
    private final Workspace gradient;
    private final Workspace value;
    private int at;
    private int pass;

    /**
     * @param points elements x draws, standardised
     * @param m the first so many are of the first set
     * @param learned which points it may learn from; taken over
     */
    Classifier(DMatrixRMaj points, int m, int[] learned, long seed) {
        this.points = points;
        this.m = m;
        this.seed = seed;
        SplitMix.shuffle(learned, SplitMix.at(seed, 0));
        held = Arrays.copyOf(learned, Math.max(1, learned.length / HELD_OUT));
        order = Arrays.copyOfRange(learned, held.length, learned.length);
        batch = new int[Math.min(BATCH, order.length)];
        at = order.length;
        double first = Arrays.stream(learned).filter(j -> j < m).count();
        ofFirst = learned.length / (2 * first);
        ofSecond = learned.length / (2 * (learned.length - first));

        int d = points.numRows;
        point = Expr.perDraw("point", Shape.of(d));
        side = Expr.perDraw("side", Shape.scalar());
        Conditioner network = Mlp.of(UNITS * d, UNITS * d).activation(Activation.relu()).lastLayer(1)
                .build(d, 1, List.of(Parameter.of("logit", 0)), Context.none(), seed);
        logit = network.parameters(point).get(0).get(0);
        // side is the weight of a point of the first set, and minus that of one of the second
        loss = Expr.where(side.lt(0), logit, logit.unaryMinus()).softplus().times(side.abs());
        weights = Weights.of(network.weights());
        gradients = weights.gradients(loss);
        gradient = Program.of(gradients).workspace();
        gradient.set(point, of(batch));
        gradient.set(side, sides(batch));
        value = Program.of(List.of(loss, logit)).workspace();
        value.set(point, of(held));
        value.set(side, sides(held));
    }

    /** The weights that it learns. */
    double[] train() {
        GradientLearner<Fit> learner = new GradientLearner<>(weights.initial(), this, () -> new Adam(weights.size()), this::score, LONGEST, NEWEST);
        int epoch = Math.max(1, order.length / batch.length);
        Training.run(learner, new Plateaus(RATE, SHRINK, RATES, PATIENCE), new StopRule(MOST_EPOCHS * epoch, epoch, 0, 0), new Unwatched());
        return learner.best();
    }

    /** What it makes of some points. */
    double[] logits(double[] weights, int[] rows) {
        value.set(point, of(rows));
        value.set(side, sides(rows));
        this.weights.set(value, weights);
        value.run(rows.length);
        return Arrays.copyOf(value.perDraw(logit).data, rows.length);
    }

    @Override
    public int gradient(double[] weights, int step, double[] slope) {
        for (int j = 0; j < batch.length; j++) {
            if (at == order.length) {
                at = 0;
                SplitMix.shuffle(order, SplitMix.at(seed, ++pass));
            }
            batch[j] = order[at++];
        }
        this.weights.set(gradient, weights);
        gradient.run(batch.length);
        this.weights.read(gradient, gradients, slope);
        return batch.length;
    }

    private Fit score(double[] weights) {
        this.weights.set(value, weights);
        value.run(held.length);
        double sum = 0;
        for (int j = 0; j < held.length; j++) sum -= value.perDraw(loss).get(0, j);
        return new Fit(sum / held.length);
    }

    private DrawSource of(int[] rows) {
        return (first, count, elements, x, offset, stride) -> {
            for (int i = 0; i < elements; i++) {
                for (int j = 0; j < count; j++) x[offset + i * stride + j] = points.get(i, rows[first + j]);
            }
        };
    }

    private DrawSource sides(int[] rows) {
        return (first, count, elements, x, offset, stride) -> {
            for (int j = 0; j < count; j++) x[offset + j] = rows[first + j] < m ? ofFirst : -ofSecond;
        };
    }

    /** The mean log-probability of the sets that points held out are from. */
    private record Fit(double value) implements Score<Fit> {
        @Override
        public double estimate() {
            return value;
        }

        @Override
        public boolean isBeyond(Fit other, double errors) {
            return value > other.value;
        }

        @Override
        public boolean isGoodEnough(double goodEnough) {
            return false;
        }
    }

    /** Nobody asks how far it is. */
    private record Unwatched() implements Stage {
        @Override
        public void report(int step, int steps, double estimate) {
            // it takes a second
        }

        @Override
        public boolean goOn() {
            return true;
        }

        @Override
        public void cut() {
            // it is not
        }
    }
}
