package org.fluvia.vi.judge;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.fluvia.autodiff.DrawSource;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Workspace;
import org.fluvia.vi.density.BrokenDraws;
import org.fluvia.vi.density.Target;
import org.fluvia.vi.plan.FitPlan;

/**
 * Judges members of a family of approximations by the ELBO on draws of noise. Takes note of every draw at which the density is not
 * known. Belongs to one thread.
 */
public final class Judge {
    private final Target target;
    private final FitPlan.Comparing plan;
    private final String draws;
    private final Expr noise;
    private final Expr ratio;
    private final Workspace workspace;

    /**
     * @param draws what the family's draws are called: "draws of a Gaussian"
     * @param noise that the draws are made of
     * @param ratio log p - log q at them
     */
    public Judge(Target target, FitPlan.Comparing plan, String draws, Expr noise, Expr ratio) {
        this.target = target;
        this.plan = plan;
        this.draws = draws;
        this.noise = noise;
        this.ratio = ratio;
        workspace = Program.of(ratio).workspace(target.workers());
    }

    /**
     * The score of a member on n draws.
     *
     * @param member sets what tells it from the others
     * @param constant of log p - log q that the ratio leaves out
     * @param point of a draw, by its index; asked for where the density is not known
     */
    public Score score(Consumer<Workspace> member, int n, DrawSource source, double constant, IntFunction<double[]> point) {
        member.accept(workspace);
        workspace.set(noise, source);
        workspace.run(n);
        double[] ratios = Arrays.copyOf(workspace.perDraw(ratio).data, n);
        Elbo elbo = elbo(ratios, n, constant, point);
        return new Score(ratios, elbo, elbo.score(plan.leastShare()));
    }

    /** The ELBO of ratios that were computed elsewhere. */
    public Elbo elbo(double[] ratios, int n, double constant, IntFunction<double[]> point) {
        Elbo elbo = Elbo.of(ratios, n, constant);
        target.addBroken(draws, elbo.broken(), n, () -> point.apply(firstBroken(ratios)));
        return elbo;
    }

    private static int firstBroken(double[] ratios) {
        int j = 0;
        while (!BrokenDraws.isBroken(ratios[j])) j++;
        return j;
    }
}
