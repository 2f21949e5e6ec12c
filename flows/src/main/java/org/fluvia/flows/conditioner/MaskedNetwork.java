package org.fluvia.flows.conditioner;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.fluvia.autodiff.Expr;
import org.fluvia.flows.transformer.Parameter;

/** What {@link Masked} builds: parameters of all elements at once, or of some after the others. */
public final class MaskedNetwork implements Conditioner {
    private final Wiring wiring;
    private final List<Parameter> parameters;
    private final Context context;
    private final List<MaskedLayer> layers = new ArrayList<>();
    /** In which step each output of each layer is known. */
    private final List<int[]> steps = new ArrayList<>();
    private final int[] stepOfElement;
    /** The elements in the order of inputs. */
    private final Expr order;
    /** Whether that is the order that they have. */
    private final boolean ordered;

    MaskedNetwork(Mlp recipe, Dependences on, List<Parameter> parameters, Context context, long seed) {
        wiring = recipe.wiring();
        this.parameters = parameters;
        this.context = context;
        stepOfElement = on.steps();
        int elements = on.elements();
        ordered = Arrays.equals(on.order(), IntStream.range(0, elements).toArray());
        order = Expr.vector(Arrays.stream(on.order()).asDoubleStream().toArray());

        boolean[][] sees = on.ofInputs();
        int[] in = IntStream.range(0, context.size() + elements).toArray();
        // with nothing to see there are no units
        for (int width : on.views() > 0 ? recipe.widths() : List.<Integer>of()) {
            int units = Math.max(width, on.views());
            int[] out = IntStream.range(0, units).map(u -> (int) ((long) u * on.views() / units)).toArray();
            layers.add(new MaskedLayer(sees, out, in, recipe.startOfHidden(layers.size(), in.length, units, seed)));
            steps.add(Arrays.stream(out).map(on::stepOf).toArray());
            sees = on.ofViews();
            in = out;
        }
        double[] start = Parameter.start(parameters, elements);
        int[] out = IntStream.range(0, start.length).map(i -> on.viewOfElements()[i % elements]).toArray();
        layers.add(new MaskedLayer(sees, out, in, recipe.startOfLast(layers.size(), in.length, start, seed)));
        steps.add(IntStream.range(0, start.length).map(i -> stepOfElement[i % elements]).toArray());
    }

    @Override
    public Expr logPrior() {
        return Layer.logPrior(layers);
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
        return Parameter.split(sums.get(sums.size() - 1), parameters, stepOfElement.length);
    }

    private List<Expr> sums(Expr given) {
        return wiring.sums(layers, context.with(ordered ? given : given.get(order)));
    }

    /** The parameters of some elements after the others, where they become known by those before them. */
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
     * Records each unit once, when what it sees is known: all elements together cost what all at once do, in as many small steps as the
     * longest line of elements each of which depends on the one before. Belongs to one thread.
     */
    public final class Sequence {
        /** Of the inputs and of each hidden layer, the units that are known. */
        private final List<Expr> known = new ArrayList<>();
        /** What each layer gives, if that is known already. */
        private final List<Expr> sums;
        private int step;

        private Sequence(List<Expr> sums) {
            this.sums = sums;
            known.add(wiring.input(context.value()));
            for (int i = 1; i < layers.size(); i++) known.add(Expr.vector());
            extend();
        }

        /** The numbers of the elements of this step, ascending; none when all are known. */
        public int[] elements() {
            return now(stepOfElement);
        }

        /** The parameters of these elements, each of its {@link Parameter#shape} for so many. */
        public List<Expr> parameters() {
            return Parameter.split(some(layers.size() - 1), parameters, elements().length);
        }

        /** Says what these elements are, a vector, and goes on to the next step. */
        public void follow(Expr x) {
            append(0, wiring.input(x));
            step++;
            extend();
        }

        private void extend() {
            for (int i = 0; i < layers.size() - 1; i++) {
                int n = now(steps.get(i)).length;
                if (n > 0) append(i + 1, wiring.units(i, some(i), wiring.adds(i) ? last(known.get(i - 1), n) : known.get(i)));
            }
        }

        /** The sums of a layer that become known with this step. */
        private Expr some(int layer) {
            int[] rows = now(steps.get(layer));
            Expr sum = layers.get(layer).some(rows, known.get(layer));
            if (sums.isEmpty() || !sum.isPerDraw()) return sum;
            return MaskedLayer.runs(sums.get(layer), Arrays.stream(rows).asDoubleStream().toArray()).withDerivativeOf(sum);
        }

        private static Expr last(Expr units, int n) {
            int size = units.shape().size();
            return units.slice(size - n, size);
        }

        private int[] now(int[] steps) {
            return IntStream.range(0, steps.length).filter(i -> steps[i] == step).toArray();
        }

        private void append(int layer, Expr units) {
            Expr before = known.get(layer);
            known.set(layer, before.shape().size() == 0 ? units : Expr.concat(before, units));
        }
    }
}
