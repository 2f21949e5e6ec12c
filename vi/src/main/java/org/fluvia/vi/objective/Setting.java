package org.fluvia.vi.objective;

import java.util.List;
import org.fluvia.autodiff.DrawSource;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Workspace;
import org.fluvia.flows.Flow;
import org.fluvia.flows.Weights;

/** What an objective is made of: a flow q, the log-density p that it is to have, and noise. Both are on the unconstrained scale. */
public interface Setting {
    /** The layout of the flow's weights. */
    Weights weights();

    /** Standard normal noise (d), per draw, an input. */
    Expr noise();

    /** The point that the flow makes of the noise, with log q there, whose derivatives with respect to the weights are total. */
    Flow.Draw sample();

    /** The same with derivatives that go through the point alone: see {@link Flow#pathSample}. */
    Flow.Draw path();

    /** log q at a point (d): of the flow's inverse, with derivatives with respect to the weights and the point. */
    Expr logApproximation(Expr point);

    /** log p at a point (d), all constants kept. */
    Expr logDensity(Expr point);

    /** The number of draws in a step. */
    int batch();

    /** What to set the noise to in a step. */
    DrawSource draws(int step);

    /** Compiles outputs that will be replayed often, on the threads of the fit. */
    Workspace workspace(List<Expr> outputs);

    /**
     * Takes note of a step's log p - log q, for the draws at which the density is not known; every objective has to tell them.
     *
     * @param ratios of the first {@link #batch} draws, not modified
     */
    void seen(double[] weights, int step, double[] ratios);
}
