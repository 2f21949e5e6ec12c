package org.fluvia.vi.ladder;

import org.fluvia.autodiff.SplitMix;
import org.fluvia.autodiff.Stopped;
import org.fluvia.vi.approximation.Approximation;
import org.fluvia.vi.approximation.FlowApproximation;
import org.fluvia.vi.approximation.Gaussian;
import org.fluvia.vi.budget.Stage;
import org.fluvia.vi.modes.Mode;
import org.fluvia.vi.plan.FitPlan;
import org.fluvia.vi.population.Population;

/** Looks for all of the mass by tempered particles: paths from them lead to modes, and their evidence is a yardstick. */
final class Searching implements Rung {
    private final Ground ground;
    private final FitPlan.Population plan;

    Searching(Ground ground) {
        this.ground = ground;
        plan = ground.plan().population();
    }

    static boolean isWorthIt(Ground ground) {
        return ground.target().model().isDifferentiableTwice() && ground.target().dimension() <= ground.plan().population().mostDimensions();
    }

    /** What was below, or a Gaussian at one of the modes found if that is better. */
    @Override
    public Approximation climb(Approximation below, Stage stage) {
        try {
            long seed = ground.seeds().population();
            int known;
            int searches = 0;
            do { // where there were modes that nobody knew there may be more
                known = ground.modes().found().size();
                long own = searches == 0 ? seed : SplitMix.at(seed, -searches);
                Population population = Population.of(ground.target(), below.whitening(), plan, own, stage::goOn);
                ground.modes().take(population);
                climb(population, stage);
                searches++;
            } while (ground.modes().found().size() > known && searches < plan.searches() && stage.goOn());
            return best(below);
        } catch (Stopped e) {
            stage.cut();
            return below;
        }
    }

    private void climb(Population population, Stage stage) {
        int fruitless = 0;
        int done = 0;
        for (double[] point : population.points()) {
            if (fruitless == plan.patience() || !stage.goOn()) return;
            stage.report(++done, population.points().size(), Double.NaN);
            if (ground.modes().found().stream().anyMatch(m -> m.holds(point, plan.close()))) continue;
            int before = ground.modes().found().size();
            ground.modes().climb(point, stage::goOn);
            fruitless = ground.modes().found().size() > before ? 0 : fruitless + 1;
        }
    }

    private Approximation best(Approximation below) {
        FitPlan.Starts starts = ground.plan().starts();
        Gaussian best = below.whitening();
        double score = ground.gaussians().candidate(best, starts);
        for (Mode mode : ground.modes().heaviest(plan.mostModes(), plan.leastMass())) {
            double other = ground.gaussians().candidate(mode.laplace(), starts);
            if (other > score) {
                score = other;
                best = mode.laplace();
            }
        }
        return best == below.whitening() ? below : FlowApproximation.of(ground.target().model(), best, ground.plan().defence());
    }
}
