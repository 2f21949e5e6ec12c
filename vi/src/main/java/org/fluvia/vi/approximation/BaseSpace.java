package org.fluvia.vi.approximation;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.DrawSource;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Gradient;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.SplitMix;
import org.fluvia.autodiff.Workers;
import org.fluvia.autodiff.Workspace;
import org.fluvia.flows.Flow;
import org.fluvia.model.BoundModel;
import org.jspecify.annotations.Nullable;

/**
 * The posterior where an approximation's noise e is: the density N(e) w(e), w = p / q at the draw that e makes. The map from noise to draws takes
 * N to q, and so this density to p (Parno and Marzouk 2018; Hoffman et al. 2019, NeuTra). Belongs to one thread.
 */
public final class BaseSpace {
    private final Defence defence;
    private final int dimension;
    private final NoiseMap map;
    private final Expr gradient;
    private final Workspace workspace;
    private final Back back;

    /** From a draw back to its noise. */
    private record Back(Expr given, Expr logQ, @Nullable Expr noise, Expr logStretch, Workspace workspace) {}

    /**
     * What is known at given draws.
     *
     * @param logQ q's log-density
     * @param logStretch as {@link Proposals#logStretch}; 0 where the noise is not known
     * @param noise that they are made of; null where the map cannot be turned round
     */
    public record At(double[] logQ, double[] logStretch, @Nullable DMatrixRMaj noise) {}

    /**
     * @param forward a draw of z made of noise, with q's log-density
     * @param logDensity q's, at given z
     * @param inverse the noise of given z; null where there is no telling
     * @param weights sets those of the flow
     */
    BaseSpace(BoundModel model, Function<Expr, Flow.Draw> forward, Function<Expr, Expr> logDensity, Function<Expr, @Nullable Expr> inverse,
              Defence defence, Consumer<Workspace> weights, Workers workers) {
        this.defence = defence;
        dimension = model.dimension();
        Expr noise = Expr.perDraw("noise", Shape.of(dimension));
        map = NoiseMap.of(model, noise, forward.apply(noise), defence);
        gradient = Gradient.of(map.logP().minus(map.logQ()), noise);
        workspace = map.workspace(workers, gradient);
        weights.accept(workspace);
        Expr given = Expr.perDraw("z", Shape.of(dimension));
        Expr known = logDensity.apply(given);
        Expr from = inverse.apply(given);
        Expr stretch = from == null ? known.times(0) : defence.logStretch(from);
        Workspace w = (from == null ? Program.of(known, stretch) : Program.of(known, stretch, from)).workspace(workers);
        weights.accept(w);
        back = new Back(given, known, from, stretch, w);
    }

    /** What columns of noise make; the gradients stay until the next evaluation. */
    public Proposals at(DMatrixRMaj columns) {
        return map.at(workspace, columns.numCols, DrawSource.of(columns));
    }

    /** Of log p - log q by the noise, at the last columns: dimension x columns; not a copy. */
    public DMatrixRMaj gradients() {
        return workspace.perDraw(gradient);
    }

    /** What is known at draws: dimension x draws. */
    public At of(DMatrixRMaj draws) {
        int n = draws.numCols;
        Workspace w = back.workspace;
        w.set(back.given, DrawSource.of(draws));
        w.run(n);
        return new At(Arrays.copyOf(w.perDraw(back.logQ).data, n), Arrays.copyOf(w.perDraw(back.logStretch).data, n),
                back.noise == null ? null : w.perDraw(back.noise).copy());
    }

    /** Stretched noise, n columns that are each distributed as the whole {@linkplain Defence defence}. */
    public DMatrixRMaj stretched(int n, long seed) {
        int first = (int) (SplitMix.uniform(seed, 0) * dimension);
        DMatrixRMaj ordered = defence.noise(n, first, SplitMix.at(seed, 1));
        int[] order = IntStream.range(0, n).toArray();
        SplitMix.shuffle(order, SplitMix.at(seed, 2));
        return Proposals.columns(ordered, order);
    }
}
