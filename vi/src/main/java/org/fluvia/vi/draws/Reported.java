package org.fluvia.vi.draws;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.DrawSource;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Workers;
import org.fluvia.autodiff.Workspace;
import org.fluvia.model.BoundModel;
import org.fluvia.model.Quantity;

/** What is reported of a model: its parameters on their constrained scale, then its derived values. Immutable. */
public final class Reported {
    private static final int NAMED = 4;

    private final BoundModel model;
    private final List<Quantity> quantities;

    private Reported(BoundModel model) {
        this.model = model;
        List<Quantity> all = new ArrayList<>(model.parameters());
        all.addAll(model.derived());
        quantities = List.copyOf(all);
    }

    public static Reported of(BoundModel model) {
        return new Reported(model);
    }

    /** Parameters, then derived values. */
    public List<Quantity> quantities() {
        return quantities;
    }

    /** The number of elements of all quantities. */
    public int elements() {
        return quantities.stream().mapToInt(q -> q.shape().size()).sum();
    }

    /** All elements below each other, per draw: an expression of the model's unconstrained vector. */
    public Expr value() {
        return Expr.concat(quantities.stream().map(Quantity::value).toArray(Expr[]::new)).repeatedOverDraws();
    }

    /** All quantities at the first columns of z: elements x count. */
    public DMatrixRMaj values(DMatrixRMaj z, int count, Workers workers) {
        Expr all = value();
        Workspace w = Program.of(all).workspace(workers);
        w.set(model.unconstrained(), DrawSource.of(z));
        w.run(count);
        return w.perDraw(all);
    }

    /** The first parameters at an unconstrained vector, in words: "mu = 1.2, tau = 0.3, ...". */
    public String inWords(double[] u) {
        DMatrixRMaj at = values(DMatrixRMaj.wrap(u.length, 1, u), 1, Workers.none());
        List<String> words = new ArrayList<>();
        int row = 0;
        for (Quantity quantity : model.parameters()) {
            for (String name : quantity.elementNames()) {
                if (row < NAMED) words.add(String.format(Locale.ROOT, "%s = %.4g", name, at.get(row, 0)));
                row++;
            }
        }
        return String.join(", ", words) + (row > NAMED ? ", ..." : "");
    }
}
