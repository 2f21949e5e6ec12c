package org.fluvia.vi.chains;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.NormalNoise;
import org.fluvia.autodiff.SplitMix;
import org.fluvia.autodiff.Stopped;
import org.fluvia.autodiff.Workers;
import org.fluvia.model.Quantity;
import org.fluvia.vi.approximation.BaseSpace;
import org.fluvia.vi.approximation.Proposals;
import org.fluvia.vi.budget.Stage;
import org.fluvia.vi.density.Target;
import org.fluvia.vi.diagnostics.BridgeEvidence;
import org.fluvia.vi.diagnostics.Convergence;
import org.fluvia.vi.diagnostics.Estimate;
import org.fluvia.vi.diagnostics.Resampling;
import org.fluvia.vi.diagnostics.TailShape;
import org.fluvia.vi.draws.Seeds;
import org.fluvia.vi.judge.Judgement;
import org.fluvia.vi.judge.WeightedDraws;
import org.fluvia.vi.plan.FitPlan;
import org.jspecify.annotations.Nullable;

/**
 * The exact finish: draws of Markov chains in the base space of a judged approximation, where the chains agree.
 *
 * @param draws of the chains, those of all chains at one iteration after those of another
 * @param logEvidence by bridge sampling between these and the judged draws
 * @param rhat the largest of anything that is reported, and of how many draws are near each known mode
 * @param ess the fewest effective draws of anything that is reported, in its bulk and its tails
 * @param objection what speaks against these draws, in words; null if nothing does
 * @param refutes whether it speaks against the approximation as well
 */
public record Exact(Proposals draws, Estimate logEvidence, double rhat, double ess, @Nullable String objection, boolean refutes) {

    /** Null where the time is up before anything can be said. */
    public static @Nullable Exact of(Judgement judged, Target target, Seeds seeds, FitPlan plan, Stage stage) {
        try {
            return new Run(judged, target, seeds, plan, stage).run();
        } catch (Stopped e) {
            stage.cut();
            return null;
        }
    }

    private record Kept(Proposals draws, DMatrixRMaj values, List<ModeShare> modes, double rhat, double ess, String worst, int iterations) {
        boolean agrees(FitPlan.Chains plan) {
            return rhat <= plan.rhat() && ess >= plan.leastEss();
        }
    }

    private static final class Run {
        private final Judgement judged;
        private final FitPlan plan;
        private final FitPlan.Chains rules;
        private final Workers workers;
        private final Stage stage;
        private final Chains chains;
        private final int every;
        private List<Proposals> kept = new ArrayList<>();

        Run(Judgement judged, Target target, Seeds seeds, FitPlan plan, Stage stage) {
            this.judged = judged;
            this.plan = plan;
            workers = target.workers();
            this.stage = stage;
            rules = plan.chains();
            BaseSpace space = judged.approximation().baseSpace(workers);
            chains = new Chains(space, target, start(space, seeds), rules, SplitMix.at(seeds.chains(), 0));
            long values = (long) (judged.reported().elements() + judged.approximation().model().dimension()) * rules.chains() * rules.most() / 2;
            every = (int) Math.max(1, values / rules.mostValues());
        }

        /** The chains of a superchain begin at one point: of half of them at draws of the approximation, of half at draws resampled by their weights. */
        private DMatrixRMaj start(BaseSpace space, Seeds seeds) {
            int n = rules.chains();
            int groups = n / rules.together();
            int own = judged.elbo().draws();
            double[] ratios = judged.draws().mixtureRatios();
            int[] plain = IntStream.range(0, own).filter(j -> Double.isFinite(ratios[j])).limit(groups / 2).toArray();
            SplittableRandom random = new SplittableRandom(SplitMix.at(seeds.chains(), 1));
            int[] weighted = Resampling.systematic(judged.draws().weights().logWeights(), groups - plain.length, random::nextDouble);
            int[] chosen = IntStream.concat(Arrays.stream(plain), Arrays.stream(weighted)).toArray();
            DMatrixRMaj defensive = space.defensiveNoise(own, seeds.defence());
            NormalNoise noise = NormalNoise.of(seeds.proposals());
            int d = defensive.numRows;
            DMatrixRMaj start = new DMatrixRMaj(d, n);
            for (int j = 0; j < n; j++) {
                int from = chosen[j / rules.together()];
                if (from < own) {
                    noise.fill(from, 1, d, start.data, j, n);
                } else {
                    for (int i = 0; i < d; i++) start.set(i, j, defensive.get(i, from - own));
                }
            }
            return start;
        }

        @Nullable Exact run() {
            for (int until = rules.first(); ; until = Math.min(2 * until, rules.most())) {
                while (chains.iterations() < until) {
                    if (!stage.goOn()) return null;
                    chains.move();
                    if (chains.iterations() % every == 0) kept.add(chains.now());
                    stage.report(chains.iterations(), rules.most(), Double.NaN);
                }
                Kept now = secondHalf();
                if (now.agrees(rules)) return exact(now);
                double excess = (now.rhat * now.rhat - 1) * until / rules.most();
                boolean isHopeless = until >= rules.patience() && !(excess < rules.hopeful() * (rules.rhat() * rules.rhat() - 1));
                if (until >= rules.most() || isHopeless) return disagreeing(now);
            }
        }

        private Kept secondHalf() {
            kept = new ArrayList<>(kept.subList(kept.size() - kept.size() / 4 * 2, kept.size()));
            Proposals draws = Proposals.joined(kept);
            DMatrixRMaj values = judged.reported().values(draws.z(), draws.count(), workers);
            Convergence.OfChains of = new Convergence.OfChains(rules.chains(), kept.size(), rules.together());
            double rhat = 1;
            double ess = draws.count();
            String worst = "";
            int row = 0;
            for (Quantity q : judged.reported().quantities()) {
                for (String name : q.elementNames()) {
                    workers.check();
                    int offset = row++ * draws.count();
                    if (!isFinite(values.data, offset, draws.count())) continue;
                    Convergence c = of.of(values.data, offset);
                    ess = Math.min(ess, Math.min(c.bulkEss(), c.tailEss()));
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
            return new Kept(draws, values, modes, rhat, ess, worst, chains.iterations());
        }

        private static boolean isFinite(double[] x, int offset, int count) {
            for (int j = offset; j < offset + count; j++) if (!Double.isFinite(x[j])) return false;
            return true;
        }

        private Exact disagreeing(Kept now) {
            String words = String.format(Locale.ROOT, "%d Markov chains do not agree after %d iterations: R-hat is %.3f (%s), with %.0f effective draws.",
                    rules.chains(), now.iterations, now.rhat, now.worst, now.ess);
            Drift drift = Drift.of(judged, now.draws.count(), now.values, now.ess, rules);
            return new Exact(now.draws, Estimate.NOTHING_KNOWN, now.rhat, now.ess,
                    drift == null ? words : words + " They drift away from the draws they began at: " + drift.inWords() + ".", drift != null);
        }

        private Exact exact(Kept now) {
            Estimate evidence = evidence(now.draws);
            String objection = objection(now, evidence);
            return new Exact(now.draws, evidence, now.rhat, now.ess, objection, objection != null);
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
