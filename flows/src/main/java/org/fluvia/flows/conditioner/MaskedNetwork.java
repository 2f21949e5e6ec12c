package org.fluvia.flows.conditioner;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.SplitMix;
import org.fluvia.flows.transformer.Parameter;

/** What {@link Masked} builds: parameters of all elements at once, or of one after the other. */
public final class MaskedNetwork implements Conditioner {
    private final int elements;
    private final List<Parameter> parameters;
    private final Context context;
    private final List<MaskedLayer> layers = new ArrayList<>();
    /** Of the outputs of each layer. */
    private final List<int[]> degrees = new ArrayList<>();

    MaskedNetwork(int elements, List<Integer> hidden, List<Parameter> parameters, Context context, long seed) {
        this.elements = elements;
        this.parameters = parameters;
        this.context = context;
        // without a context nothing is seen at degree 0, and with all elements there is none left to give parameters to
        int lowest = context.size() > 0 ? 0 : 1;
        int count = elements - lowest;
        int[] in = IntStream.concat(IntStream.generate(() -> 0).limit(context.size()), IntStream.rangeClosed(1, elements)).toArray();
        for (int width : count > 0 ? hidden : List.<Integer>of()) {
            int units = Math.max(width, count);
            int[] out = IntStream.range(0, units).map(u -> lowest + (int) ((long) u * count / units)).toArray();
            int number = layers.size();
            double[] normal = Seeds.normal(SplitMix.at(seed, number), units * in.length + units);
            double[] biases = Arrays.copyOfRange(normal, units * in.length, normal.length);
            layers.add(new MaskedLayer(number + 1, in, out, normal, biases));
            degrees.add(out);
            in = out;
        }
        double[] start = Parameter.start(parameters, elements);
        int[] out = IntStream.range(0, start.length).map(i -> i % elements).toArray();
        layers.add(new MaskedLayer(layers.size() + 1, in, out, new double[start.length * in.length], start));
        degrees.add(out);
    }

    @Override
    public List<Expr> weights() {
        List<Expr> all = new ArrayList<>();
        for (MaskedLayer layer : layers) all.addAll(layer.weights());
        all.addAll(context.weights());
        return all;
    }

    /** The parameters of all elements, where all are known. */
    @Override
    public List<Expr> parameters(Expr given) {
        List<Expr> sums = sums(given);
        return Parameter.split(sums.get(sums.size() - 1), parameters, elements);
    }

    /** What each layer gives, before tanh. */
    private List<Expr> sums(Expr given) {
        List<Expr> sums = new ArrayList<>();
        Expr h = context.with(given);
        for (MaskedLayer layer : layers) {
            Expr sum = layer.at(h);
            sums.add(sum);
            h = sum.tanh();
        }
        return sums;
    }

    /** The parameters of one element after the other, where each becomes known by those before it. */
    public Sequence sequence() {
        return new Sequence(List.of());
    }

    /**
     * As {@link #sequence}, where all elements are known already: values are those of {@link #parameters} at once, and the matrices are
     * only multiplied for derivatives.
     */
    public Sequence sequenceKnowing(Expr all) {
        return new Sequence(sums(all));
    }

    /**
     * Records each unit once, when what it sees is known: all elements together cost what all at once do, in as many small steps.
     * Belongs to one thread.
     */
    public final class Sequence {
        /** Of the inputs and of each hidden layer, the units whose degree is at most the number of elements known. */
        private final List<Expr> known = new ArrayList<>();
        /** What each layer gives, if that is known already. */
        private final List<Expr> sums;
        private int element;

        private Sequence(List<Expr> sums) {
            this.sums = sums;
            known.add(context.value());
            for (int i = 1; i < layers.size(); i++) known.add(Expr.vector());
            extend();
        }

        /** The parameters of the next element, each of its {@link Parameter#shape} for one. */
        public List<Expr> parameters() {
            int last = layers.size() - 1;
            return Parameter.split(some(last), parameters, 1);
        }

        /** Says what the element is, a vector (1), and goes on to the one after it. */
        public void follow(Expr x) {
            append(0, x);
            element++;
            extend();
        }

        private void extend() {
            for (int i = 0; i < layers.size() - 1; i++) {
                if (ofDegree(degrees.get(i)).length > 0) append(i + 1, some(i).tanh());
            }
        }

        /** The sums of a layer that become known with this element. */
        private Expr some(int layer) {
            int[] rows = ofDegree(degrees.get(layer));
            Expr sum = layers.get(layer).some(rows, known.get(layer));
            if (sums.isEmpty() || !sum.isPerDraw()) return sum;
            return sums.get(layer).get(Expr.vector(Arrays.stream(rows).asDoubleStream().toArray())).withDerivativeOf(sum);
        }

        private int[] ofDegree(int[] all) {
            return IntStream.range(0, all.length).filter(i -> all[i] == element).toArray();
        }

        private void append(int layer, Expr units) {
            Expr before = known.get(layer);
            known.set(layer, before.shape().size() == 0 ? units : Expr.concat(before, units));
        }
    }
}
