package org.fluvia.vi.approximation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.DrawSource;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Workers;
import org.fluvia.autodiff.Workspace;
import org.fluvia.model.BoundModel;

/**
 * What a posterior is made from: a distribution q on a model's unconstrained scale that can be drawn from, and whose density is known.
 * Draws are made of noise, so that the same seed gives the same draws. Implementations are immutable and thread-safe.
 */
public interface Approximation {
    /** The model whose posterior it approximates. */
    BoundModel model();

    /** A Gaussian of about its place and spread: what wider approximations and defensive draws start from. */
    Gaussian whitening();

    /** Whether it is that Gaussian and nothing else. */
    boolean isGaussian();

    /** What costs more than it needs to, a sentence each; empty if nothing does. */
    default List<String> notes() {
        return List.of();
    }

    /** Makes its draws, shared by workers. */
    Sampler sampler(Workers workers);

    /** The posterior where its noise is, shared by workers. */
    BaseSpace baseSpace(Workers workers);

    /** It as expressions, which a file can hold; empty if it is not made of them. */
    default Optional<RecordedApproximation> recorded() {
        return Optional.empty();
    }

    /** q's log-density at an unconstrained vector. */
    double logDensityUnconstrained(double[] u);

    /** q's log-density at constrained values of all parameters: on the constrained scale, so without the Jacobian. */
    default double logDensity(Map<String, double[]> point) {
        double[] u = model().unconstrain(point);
        Expr jacobian = model().logAbsDetJacobian();
        Workspace w = Program.of(jacobian).workspace();
        w.set(model().unconstrained(), DrawSource.of(DMatrixRMaj.wrap(u.length, 1, u)));
        w.run(1);
        return logDensityUnconstrained(u) - w.perDraw(jacobian).data[0];
    }
}
