package org.fluvia.flows.distance;

import java.util.Arrays;
import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.SplitMix;
import org.fluvia.autodiff.Workspace;
import org.fluvia.flows.Batches;
import org.fluvia.flows.HeldOut;
import org.fluvia.flows.Samples;
import org.fluvia.flows.Weights;
import org.fluvia.flows.conditioner.Activation;
import org.fluvia.flows.conditioner.Conditioner;
import org.fluvia.flows.conditioner.Context;
import org.fluvia.flows.conditioner.Mlp;
import org.fluvia.flows.training.Adam;
import org.fluvia.flows.training.GradientLearner;
import org.fluvia.flows.training.Plateaus;
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

    private final Samples points;
    private final Samples sides;
    private final int[] held;
    private final double[] evenly;
    private final Batches batches;
    private final int rowsOfAPass;
    private final Expr point;
    private final Expr side;
    private final Expr logit;
    private final Expr loss;
    private final Weights weights;
    private final List<Expr> gradients;
    private final Workspace gradient;
    private final Workspace value;

    /**
     * @param sides of each point the weight of its set; minus that if it is the second
     * @param learned which points it may learn from; taken over
     */
    Classifier(Samples points, Samples sides, int[] learned, long seed) {
        this.points = points;
        this.sides = sides;
        SplitMix.shuffle(learned, SplitMix.at(seed, 0));
        held = Arrays.copyOf(learned, Math.max(1, learned.length / HELD_OUT));
        evenly = new double[held.length];
        Arrays.fill(evenly, 1);
        int[] rows = Arrays.copyOfRange(learned, held.length, learned.length);
        rowsOfAPass = rows.length;
        batches = new Batches(points, rows, Math.min(BATCH, rows.length), SplitMix.at(seed, 1));

        int d = points.dimension();
        point = Expr.perDraw("point", Shape.of(d));
        side = Expr.perDraw("side", Shape.of(1));
        Conditioner network = Mlp.of(UNITS * d, UNITS * d).activation(Activation.relu()).lastLayer(1)
                .build(d, 1, List.of(Parameter.of("logit", 0)), Context.none(), seed);
        logit = network.parameters(point).get(0).get(0);
        Expr weight = side.get(0);
        loss = Expr.where(weight.lt(0), logit, logit.unaryMinus()).softplus().times(weight.abs());
        weights = Weights.of(network.weights());
        gradients = weights.gradients(loss);
        gradient = Program.of(gradients).workspace();
        gradient.set(point, batches.values());
        gradient.set(side, batches.contexts(sides));
        value = Program.of(List.of(loss, logit)).workspace();
    }

    /** The weights that it learns. */
    double[] train() {
        GradientLearner<HeldOut> learner = new GradientLearner<>(weights.initial(), this, () -> new Adam(weights.size()), this::score, LONGEST, NEWEST);
        int epoch = Math.max(1, rowsOfAPass / batches.size());
        Training.run(learner, new Plateaus(RATE, SHRINK, RATES, PATIENCE), new StopRule(MOST_EPOCHS * epoch, epoch, 0, 0), Stage.unwatched());
        return learner.best();
    }

    /** What it makes of some points. */
    double[] logits(double[] weights, int[] rows) {
        return at(weights, rows, logit);
    }

    private HeldOut score(double[] weights) {
        return HeldOut.of(Arrays.stream(at(weights, held, loss)).map(l -> -l).toArray(), evenly);
    }

    private double[] at(double[] weights, int[] rows, Expr output) {
        value.set(point, Batches.of(points, rows));
        value.set(side, Batches.of(sides, rows));
        this.weights.set(value, weights);
        value.run(rows.length);
        return Arrays.copyOf(value.perDraw(output).data, rows.length);
    }

    @Override
    public int gradient(double[] weights, int step, double[] slope) {
        batches.next();
        this.weights.set(gradient, weights);
        gradient.run(batches.size());
        this.weights.read(gradient, gradients, slope);
        return batches.size();
    }
}
