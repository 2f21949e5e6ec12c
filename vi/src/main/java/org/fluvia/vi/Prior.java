package org.fluvia.vi;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.fluvia.autodiff.DrawSource;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.SplitMix;
import org.fluvia.autodiff.Workspace;
import org.fluvia.model.BoundModel;
import org.fluvia.model.Conditional;
import org.fluvia.model.Data;
import org.fluvia.model.Model;
import org.fluvia.model.ModelException;
import org.fluvia.model.Observation;
import org.fluvia.model.Quantity;
import org.fluvia.support.Support;
import org.fluvia.vi.draws.AtDraws;
import org.fluvia.vi.draws.NamedDraws;
import org.fluvia.vi.predictive.Predictions;

/**
 * The prior of a model: what it believes before it has seen the data. Parameters are drawn one after the other, each
 * from its prior given those that it depends on; the observed data serve for their shape alone. Immutable.
 *
 * <pre>{@code
 * PriorDraws draws = Prior.of(model, data).draws(1000, 1);
 * System.out.println(draws.predict("y", 2));
 * }</pre>
 */
public final class Prior {
    /** Rounds in which values outside the support that a prior is cut to are drawn anew; chosen. */
    private static final int MOST_ROUNDS = 1000;

    private final BoundModel model;
    private final Data given;

    private Prior(BoundModel model, Data given) {
        this.model = model;
        this.given = given;
    }

    /**
     * The prior of a model bound to data.
     *
     * @throws ModelException if there is no proper prior to draw from: a parameter was declared flat by m.parameter, a term was added by
     *     m.logDensity, or a prior whose parameters depend on others is cut to another support
     */
    public static Prior of(Model model, Data data) {
        return of(model, data, Data.empty());
    }

    /**
     * As above, with some parameters or all held at given values: the others are drawn from their priors given those before them, and only they
     * need a proper one.
     *
     * @param given on their constrained scale, in the parameters' shapes
     * @throws ModelException as above, or if a given value is none of the model's parameters, of another shape, or not inside its support
     */
    public static Prior of(Model model, Data data, Data given) {
        if (model == null) throw new IllegalArgumentException("prior: model must not be null");
        return bound(model.bind(data), given);
    }

    static Prior bound(BoundModel bound, Data given) {
        InitialValues.of(given).unconstrained("given", bound);
        List<Quantity> drawn = bound.parameters().stream().filter(p -> !given.has(p.name())).toList();
        List<String> flat = drawn.stream().map(Quantity::name).filter(p -> bound.prior(p) == null).toList();
        if (!flat.isEmpty()) {
            throw new ModelException("prior", String.join(", ", flat) + " of model " + bound.name() + " must have a proper prior, but "
                    + (flat.size() == 1 ? "is" : "are") + " declared flat by m.parameter. Declare "
                    + (flat.size() == 1 ? "it" : "them") + " with m.sample.");
        }
        if (!bound.otherTerms().isEmpty() && !drawn.isEmpty()) {
            throw new ModelException("prior", "the prior of model " + bound.name() + " must be declared by priors of parameters alone, but there is also "
                    + String.join("; ", bound.otherTerms()) + ". It cannot be known how to draw from that.");
        }
        for (Quantity parameter : drawn) {
            Conditional prior = requireNonNull(bound.prior(parameter.name()));
            Support cut = prior.cut();
            if (cut == null) continue;
            Expr any = Expr.shared(parameter.name(), parameter.shape(), new double[parameter.shape().size()]);
            if (cut.contains(any).isPerDraw() || prior.parameters().stream().anyMatch(Expr::isPerDraw)) {
                throw new ModelException("prior", parameter.name() + " of model " + bound.name() + " has the prior "
                        + prior.distribution().name() + " cut to " + cut + ", where one of both depends on other parameters: as it is"
                        + " not normalised, the prior of those is another one than declared, and cannot be drawn from.").of(parameter.name());
            }
        }
        return new Prior(bound, given);
    }

    /** The number of elements of parameters, derived values, and all that is observed or predicted: what a draw takes. */
    public long elements() {
        long all = 0;
        for (Quantity q : model.parameters()) all += q.shape().size();
        for (Quantity q : model.derived()) all += q.shape().size();
        for (Observation o : model.observations()) all += o.distribution().shape().size();
        for (Conditional c : model.predictions().values()) all += c.shape().size();
        return all;
    }

    /**
     * Draws of all parameters and derived values.
     *
     * @param n at least 1
     * @param seed the same seed gives the same draws, whatever their number
     * @throws ModelException if a prior that is cut to another support hardly reaches it
     */
    public PriorDraws draws(int n, long seed) {
        if (n < 1) throw new IllegalArgumentException("prior: draws must be at least 1, but was " + n);
        AtDraws at = AtDraws.of(n);
        DMatrixRMaj[] drawn = new DMatrixRMaj[model.parameters().size()];
        List<String> invalid = new ArrayList<>();
        for (int index : model.drawingOrder()) {
            Quantity parameter = model.parameters().get(index);
            if (given.has(parameter.name())) {
                drawn[index] = repeated(given.values(parameter.name()), n);
                at = at.with(parameter.value(), drawn[index]);
                continue;
            }
            Conditional prior = requireNonNull(model.prior(parameter.name())); // a flat one was refused
            AtDraws.Sample sample = at.sample(prior, SplitMix.at(seed, index));
            DMatrixRMaj values = sample.values();
            if (sample.invalid() > 0) invalid.add(Predictions.invalid("values of " + parameter.name(), sample.invalid(), n, sample.reason()));
            if (prior.cut() != null) redrawOutside(parameter, prior, prior.cut(), values, SplitMix.at(seed, index), at);
            at = at.with(parameter.value(), values);
            drawn[index] = values;
        }
        at = at.with(model.unconstrained(), unconstrained(at));
        List<DMatrixRMaj> parts = new ArrayList<>(List.of(drawn));
        for (Quantity derived : model.derived()) parts.add(at.values(derived.value()));
        List<Quantity> all = new ArrayList<>(model.parameters());
        all.addAll(model.derived());
        return new PriorDraws(model, at, NamedDraws.of("prior", all, CommonOps_DDRM.concatRowsMulti(parts.toArray(new DMatrixRMaj[0]))), invalid);
    }

    /** What logarithms of a parameter between 0 and 1 are made of. Where it rounds to either they are as large as they can be: 0 times that is 0. */
    private DMatrixRMaj unconstrained(AtDraws at) {
        Map<String, Expr> values = model.parameters().stream().collect(Collectors.toMap(Quantity::name, Quantity::value));
        DMatrixRMaj u = at.values(model.unconstrainedAt(values));
        for (int k = 0; k < u.data.length; k++) u.data[k] = Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, u.data[k]));
        return u;
    }

    private static DMatrixRMaj repeated(double[] values, int n) {
        DMatrixRMaj all = new DMatrixRMaj(values.length, n);
        for (int i = 0; i < values.length; i++) Arrays.fill(all.data, i * n, (i + 1) * n, values[i]);
        return all;
    }

    /** Draws the events that lie outside anew until none does. */
    private static void redrawOutside(Quantity parameter, Conditional prior, Support cut, DMatrixRMaj values, long seed, AtDraws at) {
        for (int round = 1; ; round++) {
            DMatrixRMaj inside = inside(parameter.shape(), cut, values);
            boolean all = true;
            for (double x : inside.data) all &= x != 0;
            if (all) return;
            if (round > MOST_ROUNDS) {
                throw new ModelException("prior", parameter.name() + " has the prior " + prior.distribution().name() + " cut to " + cut
                        + ", where it hardly ever lies: " + MOST_ROUNDS + " draws were not enough for one inside.").of(parameter.name());
            }
            DMatrixRMaj again = at.sample(prior, SplitMix.at(seed, round)).values();
            int size = values.numRows / inside.numRows;
            for (int e = 0; e < inside.numRows; e++) {
                for (int j = 0; j < values.numCols; j++) {
                    for (int i = e * size; i < (e + 1) * size && inside.get(e, j) == 0; i++) values.set(i, j, again.get(i, j));
                }
            }
        }
    }

    /** Whether each event lies inside: events x draws. */
    private static DMatrixRMaj inside(Shape shape, Support support, DMatrixRMaj values) {
        Expr value = Expr.perDraw("value", shape);
        Expr contains = support.contains(value).repeatedOverDraws();
        Workspace w = Program.of(contains).workspace();
        w.set(value, DrawSource.of(values));
        w.run(values.numCols);
        return w.perDraw(contains);
    }
}
