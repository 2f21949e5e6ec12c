package org.fluvia.vi.approximation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.DrawSource;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Workers;
import org.fluvia.autodiff.Workspace;
import org.fluvia.flows.Flow;
import org.fluvia.model.BoundModel;

/**
 * What is made of noise, as expressions of it.
 *
 * @param z a draw
 * @param logP the model's log-density there
 * @param logQ the approximation's
 * @param logStretch see {@link Defence#logStretch}
 */
record NoiseMap(Expr noise, Expr z, Expr logP, Expr logQ, Expr logStretch) {
    /** @param draw made of the noise, with the approximation's log-density */
    static NoiseMap of(BoundModel model, Expr noise, Flow.Draw draw, Defence defence) {
        Expr logP = Expr.substitute(List.of(model.logDensityUnconstrained()), Map.of(model.unconstrained(), draw.value())).get(0);
        return new NoiseMap(noise, draw.value(), logP, draw.logDensity(), defence.logStretch(noise));
    }

    /** Computes all of it, and more. */
    Workspace workspace(Workers workers, Expr... more) {
        List<Expr> all = new ArrayList<>(List.of(z, logP, logQ, logStretch));
        all.addAll(Arrays.asList(more));
        return Program.of(all).workspace(workers);
    }

    /** What n columns of noise make, by such a workspace. */
    Proposals at(Workspace workspace, int n, DrawSource source) {
        workspace.set(noise, source);
        workspace.run(n);
        DMatrixRMaj draws = workspace.perDraw(z).copy();
        return new Proposals(draws, of(workspace, logP, n), of(workspace, logQ, n), of(workspace, logStretch, n));
    }

    private static double[] of(Workspace workspace, Expr scalar, int n) {
        return Arrays.copyOf(workspace.perDraw(scalar).data, n);
    }
}
