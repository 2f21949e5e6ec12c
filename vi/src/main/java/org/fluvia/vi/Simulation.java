package org.fluvia.vi;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.SharedValues;
import org.fluvia.autodiff.SplitMix;
import org.fluvia.model.BoundModel;
import org.fluvia.model.Conditional;
import org.fluvia.model.Data;
import org.fluvia.model.Model;
import org.fluvia.model.ModelException;
import org.fluvia.model.Observation;
import org.fluvia.model.Quantity;
import org.fluvia.vi.draws.AtDraws;
import org.fluvia.vi.predictive.Predictions;

/**
 * Data drawn from a model: parameters from the prior, or at given values, then all that is observed given these. Immutable and thread-safe.
 *
 * <pre>{@code
 * Simulation.Drawn made = Simulation.of(model, sizes).draw(1);
 * Posterior p = Fluvia.fit(model, made.data());    // does it find made.parameters()?
 * }</pre>
 */
public final class Simulation {
    private final Function<Data, BoundModel> binding;
    private final BoundModel model;
    private final Data sizes;
    private final Prior prior;

    /**
     * Data with what they were drawn at.
     *
     * @param data the variables of the sizes, those that are observed drawn
     * @param parameters on their constrained scale
     * @param derived values that the model derives of them
     */
    public record Drawn(Data data, Data parameters, Data derived) {}

    private Simulation(Function<Data, BoundModel> binding, BoundModel model, Data sizes, Prior prior) {
        this.binding = binding;
        this.model = model;
        this.sizes = sizes;
        this.prior = prior;
    }

    /**
     * Of data of some sizes.
     *
     * @param sizes all that the model reads; what is observed serves for its shape, and for what a distribution leaves open, as the trials of a
     *     multinomial
     * @throws ModelException if there is no prior to draw from ({@link Prior#of(Model, Data)}), nothing is observed, or what is observed is no
     *     variable of the data
     */
    public static Simulation of(Model model, Data sizes) {
        return of(model, sizes, Data.empty());
    }

    /** As above, with some parameters or all at given values: see {@link Prior#of(Model, Data, Data)}. */
    public static Simulation of(Model model, Data sizes, Data given) {
        return of(model::bind, sizes, given);
    }

    static Simulation of(Function<Data, BoundModel> binding, Data sizes, Data given) {
        BoundModel model = binding.apply(sizes);
        if (model.observations().isEmpty()) {
            throw new ModelException("simulate", "the model " + model.name() + " observes no data. Declare them with m.observe: a term of m.logDensity"
                    + " cannot be drawn.");
        }
        for (Observation o : model.observations()) {
            boolean isVariable = o.name().equals(o.values().name()) && sizes.has(o.name()) && sizes.shape(o.name()).equals(o.distribution().shape())
                    && Arrays.equals(sizes.values(o.name()), SharedValues.of(o.values()));
            if (!isVariable) {
                throw new ModelException("simulate", "what is observed as " + o.name() + " of model " + model.name() + " must be a variable of the data, as it"
                        + " is in them and once, but is computed of them, observed twice, or a number that stands for several. Observe the variable"
                        + " itself: m.observe(\"y\", ...).").of(o.name());
            }
        }
        return new Simulation(binding, model, sizes, Prior.bound(model, given));
    }

    /**
     * One set of data.
     *
     * @param seed the same seed gives the same data
     * @throws ModelException if a parameter of a distribution was invalid, or the distribution of what is observed depends on what is observed, as
     *     in a time series of the values before: then it cannot be drawn at once
     */
    public Drawn draw(long seed) {
        PriorDraws at = prior.draws(1, SplitMix.at(seed, 0));
        Map<String, Predictions> drawn = at.predict(SplitMix.at(seed, 1));
        Data data = sizes;
        for (Observation o : model.observations()) {
            Predictions y = drawn.get(o.name());
            if (y == null || y.unusable() > 0) {
                throw new ModelException("simulate", "cannot draw " + o.name() + ": " + (y == null ? "it has no draw" : String.join(" ", y.notes()))).of(o.name());
            }
            data = data.with(o.name(), y.shape(), y.draw(0));
        }
        checkTheSame(at, data);
        return new Drawn(data, values(at, model.parameters()), values(at, model.derived()));
    }

    String modelName() {
        return model.name();
    }

    private static Data values(PriorDraws at, List<Quantity> quantities) {
        Data.Builder all = Data.builder();
        for (Quantity q : quantities) all.with(q.name(), q.shape(), at.array(q.name())[0]);
        return all.build();
    }

    /** That the distributions stay what they are where the data that were drawn are those that are observed. */
    private void checkTheSame(PriorDraws draws, Data data) {
        BoundModel anew = binding.apply(data);
        AtDraws at = AtDraws.of(1);
        for (Quantity parameter : anew.parameters()) {
            double[] values = draws.array(parameter.name())[0];
            at = at.with(parameter.value(), DMatrixRMaj.wrap(values.length, 1, values));
        }
        Map<String, Conditional> were = distributions(model);
        for (Map.Entry<String, Conditional> is : distributions(anew).entrySet()) {
            List<Expr> before = requireNonNull(were.get(is.getKey())).parameters();
            List<Expr> after = is.getValue().parameters();
            for (int i = 0; i < after.size(); i++) {
                if (Arrays.equals(draws.at().values(before.get(i)).data, at.values(after.get(i)).data)) continue;
                throw new ModelException("simulate", "the distribution of " + is.getKey() + " in model " + model.name() + " depends on observed data, which are"
                        + " themselves drawn, as in a series whose values depend on those before: such data cannot be drawn at once, and what is drawn"
                        + " given others would be no data of this model. Draw them by a program of your own.").of(is.getKey());
            }
        }
    }

    /** Of what is observed and of priors. */
    private static Map<String, Conditional> distributions(BoundModel model) {
        Map<String, Conditional> all = new LinkedHashMap<>();
        for (Quantity p : model.parameters()) {
            Conditional c = model.prior(p.name());
            if (c != null) all.put(p.name(), c);
        }
        for (Observation o : model.observations()) all.put(o.name(), o.distribution());
        return all;
    }
}
