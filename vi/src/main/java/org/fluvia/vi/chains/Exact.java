package org.fluvia.vi.chains;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.SplitMix;
import org.fluvia.autodiff.Stopped;
import org.fluvia.autodiff.Workers;
import org.fluvia.flows.training.Resumable;
import org.fluvia.flows.training.State;
import org.fluvia.model.Quantity;
import org.fluvia.vi.approximation.BaseSpace;
import org.fluvia.vi.approximation.FlowApproximation;
import org.fluvia.vi.approximation.Proposals;
import org.fluvia.vi.budget.Budget;
import org.fluvia.vi.budget.Stage;
import org.fluvia.vi.diagnostics.BridgeEvidence;
import org.fluvia.vi.diagnostics.Convergence;
import org.fluvia.vi.diagnostics.Estimate;
import org.fluvia.vi.diagnostics.TailShape;
import org.fluvia.vi.judge.Judgement;
import org.fluvia.vi.judge.WeightedDraws;
import org.fluvia.vi.ladder.Ground;
import org.fluvia.vi.plan.FitPlan;
import org.jspecify.annotations.Nullable;

/**
 * The exact finish: draws of Markov chains in the base space of a judged approximation, where the chains agree. Where they do not, a flow learns their
 * draws, and they go on in its base space.
 *
 * @param judged the approximation in whose base space they went
 * @param draws of the chains, those of all chains at one iteration after those of another
 * @param logEvidence by bridge sampling between these and the judged draws
 * @param rhat the largest of anything that is reported, and of how many draws are near each known mode
 * @param ess the fewest effective draws of anything that is reported, in its bulk and its tails as far as the 1 and the 99 % quantile
 * @param objection what speaks against these draws, in words; null if nothing does
 * @param refutes whether it speaks against the approximation as well
 */
public record Exact(Judgement judged, Proposals draws, Estimate logEvidence, double rhat, double ess, @Nullable String objection, boolean refutes) {

    /** Null where the time is up before anything can be said. */
    public static @Nullable Exact of(Judgement judged, Ground ground, Budget budget, Stage stage) {
        FitPlan.Chains rules = ground.plan().chains();
        Run asked = null;
        Kept last = null;
        try {
            Run run = Run.first(judged, ground, stage);
            for (int until = rules.first(); ; until = Math.min(2 * until, rules.most())) {
                until = Math.max(until, run.asked);
                Kept now = run.until(until);
                if (now == null) break;
                asked = run;
                last = now;
                if (now.agrees(rules) || until >= rules.most() || run.hasTried && run.isHopeless(now)) break;
                if (until < rules.patience() || now.isOnItsWay(rules)) continue;
                FlowApproximation learned = Relearned.of(now.draws, ground, budget);
                if (learned != null) run = Run.next(ground.judged(learned, budget), now, ground, stage);
                run.hasTried = true;
            }
        } catch (Stopped e) {
            stage.cut();
        }
        if (asked == null || last == null) return null;
        // what they last knew, even where the time is up: they may have seen that the approximation is wrong
        if (budget.isUp()) budget.lastMoment();
        try {
            return last.isEnough(rules) ? asked.exact(last) : asked.disagreeing(last, judged);
        } catch (Stopped e) {
            return null;
        }
    }

    private record Kept(Proposals draws, DMatrixRMaj values, List<ModeShare> modes, double rhat, double ess, String worst, String rarest,
                        int iterations) {
        boolean agrees(FitPlan.Chains plan) {
            return isEnough(plan) && ess >= plan.ess();
        }

        /** Whether these draws do where there can be no more. */
        boolean isEnough(FitPlan.Chains plan) {
            return rhat <= plan.rhat() && ess >= plan.leastEss();
        }

        /** Whether more iterations will do. */
        boolean isOnItsWay(FitPlan.Chains plan) {
            return rhat <= plan.rhat() && ess * plan.most() / iterations >= plan.ess();
        }
    }

    private static final class Run implements Resumable {
        private final Judgement judged;
        private final FitPlan plan;
        private final FitPlan.Chains rules;
        private final Workers workers;
        private final Stage stage;
        private final Chains chains;
        private final int begin;
        private final int mostKept;
        private int every = 1;
        /** Iterations after which it is judged next. */
        private int asked;
        /** Whether a flow has tried to learn from these draws, or those before. */
        private boolean hasTried;
        private List<Proposals> kept = new ArrayList<>();

        /** Begins with draws of the approximation, and what it covers least. */
        static Run first(Judgement judged, Ground ground, Stage stage) {
            BaseSpace space = judged.approximation().baseSpace(ground.target().workers());
            return resumed(new Run(judged, space, Origins.of(judged, space, ground), 0, ground, stage));
        }

        /** Goes on in the base space of what learned these draws. */
        static Run next(Judgement learned, Kept from, Ground ground, Stage stage) {
            BaseSpace space = learned.approximation().baseSpace(ground.target().workers());
            return resumed(new Run(learned, space, Origins.next(from.draws, space, ground), from.iterations, ground, stage));
        }

        private static Run resumed(Run run) {
            run.stage.resume(run);
            return run;
        }

        private Run(Judgement judged, BaseSpace space, List<double[]> origins, int begin, Ground ground, Stage stage) {
            this.judged = judged;
            this.begin = begin;
            this.stage = stage;
            plan = ground.plan();
            rules = plan.chains();
            workers = ground.target().workers();
            chains = new Chains(space, ground.target(), origins, rules, SplitMix.at(SplitMix.at(ground.seeds().chains(), 0), begin));
            mostKept = Math.max(8, rules.mostValues() / rules.chains() / (judged.reported().elements() + ground.target().dimension()));
        }

        @Override
        public void state(State state) {
            chains.state(state);
            every = state.whole(every);
            asked = state.whole(asked);
            hasTried = state.flag(hasTried);
            int count = state.whole(kept.size());
            while (kept.size() < count) kept.add(chains.now());
            for (Proposals p : kept) p.state(state);
        }

        /** After so many iterations in all; null where the time is up. */
        @Nullable Kept until(int all) {
            asked = all;
            while (begin + chains.iterations() < all) {
                if (!stage.goOn()) return null;
                stage.keep(this, false);
                chains.move();
                keep();
                stage.report(begin + chains.iterations(), rules.most(), Double.NaN);
            }
            return secondHalf();
        }

        /** Draws of every so many iterations, of half as many where there is no room for more. */
        private void keep() {
            int now = chains.iterations();
            if (now % every > 0) return;
            kept.add(chains.now());
            if (kept.size() < mostKept) return;
            int last = kept.size() - 1;
            List<Proposals> all = kept;
            int step = every;
            kept = IntStream.rangeClosed(0, last).filter(i -> (now - (last - i) * step) % (2 * step) == 0).mapToObj(all::get)
                    .collect(Collectors.toCollection(ArrayList::new));
            every *= 2;
        }

        /** Whether chains will not agree by the end, as R-hat squared less one falls as 1 / iterations. */
        boolean isHopeless(Kept now) {
            double excess = (now.rhat * now.rhat - 1) * now.iterations / rules.most();
            return !(excess < rules.hopeful() * (rules.rhat() * rules.rhat() - 1));
        }

        private Kept secondHalf() {
            kept = new ArrayList<>(kept.subList(kept.size() - kept.size() / 4 * 2, kept.size()));
            Proposals draws = Proposals.joined(kept);
            DMatrixRMaj values = judged.reported().values(draws.z(), draws.count(), workers);
            Convergence.OfChains of = new Convergence.OfChains(rules.chains(), kept.size(), rules.together());
            double rhat = 1;
            double ess = draws.count();
            String worst = "";
            String rarest = "";
            int row = 0;
            for (Quantity q : judged.reported().quantities()) {
                for (String name : q.elementNames()) {
                    workers.check();
                    int offset = row++ * draws.count();
                    if (!isFinite(values.data, offset, draws.count())) continue;
                    Convergence c = of.of(values.data, offset);
                    if (c.leastEss() < ess) {
                        ess = c.leastEss();
                        rarest = name;
                    }
                    if (c.rhat() > rhat) {
                        rhat = c.rhat();
                        worst = name;
                    }
                }
            }
            List<ModeShare> modes = ModeShare.of(judged, draws, plan);
            for (ModeShare m : modes) {
                if (m.rhat() > rhat) {
                    rhat = m.rhat();
                    worst = "how many are near " + judged.reported().inWords(m.mode().laplace().mean());
                }
            }
            return new Kept(draws, values, modes, rhat, ess, worst, rarest, begin + chains.iterations());
        }

        private static boolean isFinite(double[] x, int offset, int count) {
            for (int j = offset; j < offset + count; j++) if (!Double.isFinite(x[j])) return false;
            return true;
        }

        /** @param first that the chains began in */
        Exact disagreeing(Kept now, Judgement first) {
            String words = now.rhat > rules.rhat()
                    ? String.format(Locale.ROOT, "%d Markov chains do not agree after %d iterations: R-hat is %.3f (%s), with %.0f effective draws.",
                            rules.chains(), now.iterations, now.rhat, now.worst, now.ess)
                    : String.format(Locale.ROOT, "%d Markov chains agree after %d iterations, but have %.0f effective draws only (%s): %.0f are asked for.",
                            rules.chains(), now.iterations, now.ess, now.rarest, rules.leastEss());
            Drift drift = Drift.of(first, now.draws.count(), now.values, now.ess, rules);
            return new Exact(first, now.draws, Estimate.NOTHING_KNOWN, now.rhat, now.ess,
                    drift == null ? words : words + " They drift away from the draws they began at: " + drift.inWords() + ".", drift != null);
        }

        Exact exact(Kept now) {
            Estimate evidence = evidence(now.draws);
            String objection = objection(now, evidence);
            return new Exact(judged, now.draws, evidence, now.rhat, now.ess, objection, objection != null);
        }

        private Estimate evidence(Proposals draws) {
            WeightedDraws weighted = judged.draws();
            double[] ratios = WeightedDraws.mixtureRatios(draws, draws.logOwnShares(plan.defence().share()));
            Convergence.OfChains of = new Convergence.OfChains(rules.chains(), ratios.length / rules.chains(), rules.together());
            return BridgeEvidence.of(weighted.mixtureRatios(), weighted.proposals().count(), ratios, of.ess(ratios), of::ess);
        }

        private @Nullable String objection(Kept now, Estimate evidence) {
            Proposals draws = now.draws;
            Estimate particles = judged.yardstick();
            if (!Double.isFinite(evidence.value())) return "the log evidence of the chains is not known.";
            if (particles != null && plan.population().isMore(particles.value(), particles.standardError(), evidence.value(),
                    evidence.standardError())) {
                return String.format(Locale.ROOT, "tempered particles found a log evidence of %.2f, Markov chains %.2f: they miss mass.",
                        particles.value(), evidence.value());
            }
            for (int i = 0; i < draws.z().numRows; i++) {
                double shape = TailShape.of(draws.z().data, i * draws.count(), draws.count());
                if (shape > rules.tail()) {
                    return String.format(Locale.ROOT, "Markov chains find a tail without end (shape %.2f of unconstrained element %d): there may be no"
                            + " posterior.", shape, i + 1);
                }
            }
            for (ModeShare m : now.modes) {
                if (m.share() < rules.reached()) {
                    return String.format(Locale.ROOT, "Markov chains hardly come to a mode near %s, with about %.2g of the mass.",
                            judged.reported().inWords(m.mode().laplace().mean()), m.expected());
                }
            }
            return null;
        }
    }
}
