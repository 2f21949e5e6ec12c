package org.fluvia.vi;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.SplitMix;
import org.fluvia.model.BoundModel;
import org.fluvia.vi.budget.Budget;
import org.fluvia.vi.diagnostics.Convergence;
import org.fluvia.vi.diagnostics.Estimate;
import org.fluvia.vi.diagnostics.Summary;
import org.fluvia.vi.draws.ReportedDraws;
import org.fluvia.vi.plan.FitPlan;

/**
 * Independent fits of one posterior, as one: whether their draws agree, by R-hat (Vehtari et al. 2021), each fit a chain, and a mixture of the draws
 * of those that are trusted, each with a share as its log evidence has of all: a fit that misses mass finds less evidence.
 */
final class Repeated {
    private final BoundModel model;
    private final Options options;

    Repeated(BoundModel model, Options options) {
        this.model = model;
        this.options = options;
    }

    /** The fits one after the other, each with its part of the time that is left. The first has the seed itself. */
    Posterior run() {
        Budget budget = Budget.of(options.within(), options.plan().time());
        List<Posterior> all = new ArrayList<>();
        for (int k = 0; k < options.repeats(); k++) {
            double left = Math.max(1e-3, options.within().toNanos() * 1e-9 - budget.seconds());
            Duration within = Duration.ofNanos((long) (1e9 * left / (options.repeats() - k)));
            Options.Builder own = options.but();
            own.repeats = 1;
            own.checkpoint = null;
            own.within = within;
            if (k > 0) own.seed = SplitMix.at(options.seed(), k);
            all.add(new Engine(model, own.build(), Budget.of(within, options.plan().time())).run());
        }
        return combined(all, options, budget);
    }

    /** What several fits say together. */
    static Posterior combined(List<Posterior> fits, Options options, Budget budget) {
        fits.stream().flatMap(p -> p.limitHit().stream()).findFirst().ifPresent(budget::cut);
        List<Posterior> trusted = fits.stream().filter(p -> p.verdict() != Verdict.FAIL).toList();
        Posterior best = (trusted.isEmpty() ? fits : trusted).stream().max(Comparator.comparingDouble(p -> logEvidence(p).value())).orElseThrow();
        if (trusted.isEmpty()) {
            Assessment none = best.assessment().with(String.format(Locale.ROOT, "none of %d independent fits is to be trusted.", fits.size()));
            return mixture(List.of(best), new double[] {1}, best, none, options, budget);
        }
        Agreement agreement = Agreement.of(trusted, options.plan());
        boolean isTrusted = agreement.holds && 2 * trusted.size() > fits.size();
        List<String> reasons = new ArrayList<>(List.of(agreement.inWords(fits.size())));
        reasons.addAll(best.assessment().reasons());
        Assessment a = best.assessment();
        double ess = trusted.stream().mapToDouble(p -> p.assessment().ess()).sum();
        int proposals = trusted.stream().mapToInt(p -> p.assessment().proposals()).sum();
        Assessment whole = new Assessment(isTrusted ? a.verdict() : Verdict.FAIL, List.copyOf(reasons), a.khat(), ess, proposals, a.elbo(),
                agreement.evidence, a.notFinite(), a.rhat());
        return mixture(trusted, agreement.shares, best, whole, options, budget);
    }

    private static Estimate logEvidence(Posterior p) {
        return p.assessment().logEvidence();
    }

    /**
     * Whether fits agree.
     *
     * @param shares of the fits by their evidence
     * @param evidence of all, with their spread
     * @param rhat the largest of anything that is reported
     * @param worst whose it is
     * @param spread the largest distance of two fits' means of anything, in standard deviations
     * @param nats by which two log evidences differ
     * @param holds whether R-hat is that of chains which agree, and log evidences differ by no more than their errors and what a fit may miss
     */
    private record Agreement(int fits, double[] shares, Estimate evidence, double rhat, String worst, double spread, String widest, double nats,
                             boolean holds) {
        static Agreement of(List<Posterior> fits, FitPlan plan) {
            int k = fits.size();
            double top = fits.stream().mapToDouble(p -> logEvidence(p).value()).max().orElseThrow();
            double[] shares = fits.stream().mapToDouble(p -> StrictMath.exp(logEvidence(p).value() - top)).toArray();
            double sum = Arrays.stream(shares).sum();
            for (int f = 0; f < k; f++) shares[f] /= sum;
            double nats = 0;
            boolean isBeyond = false;
            double squares = 0;
            for (Posterior p : fits) {
                squares += logEvidence(p).standardError() * logEvidence(p).standardError() / k / k;
                for (Posterior other : fits) {
                    double difference = logEvidence(p).value() - logEvidence(other).value();
                    nats = Math.max(nats, difference);
                    isBeyond |= difference > Math.max(plan.judging().missedMass(),
                            plan.comparing().errors() * Math.hypot(logEvidence(p).standardError(), logEvidence(other).standardError()));
                }
            }
            int n = fits.stream().mapToInt(Posterior::drawCount).min().orElseThrow() / 2 * 2;
            double rhat = 1;
            String worst = "";
            double spread = 0;
            String widest = "";
            if (k > 1 && n >= 4) {
                Convergence.OfChains of = new Convergence.OfChains(k, n, 1);
                for (String name : fits.get(0).names()) {
                    double[] x = new double[k * n];
                    for (int f = 0; f < k; f++) {
                        double[] draws = fits.get(f).draws(name);
                        for (int j = 0; j < n; j++) x[j * k + f] = draws[j];
                    }
                    if (!Arrays.stream(x).allMatch(Double::isFinite)) continue;
                    double r = of.of(x, 0).rhat();
                    if (r > rhat) {
                        rhat = r;
                        worst = name;
                    }
                    double apart = apart(fits, name);
                    if (apart > spread) {
                        spread = apart;
                        widest = name;
                    }
                }
            }
            double mean = top + StrictMath.log(sum / k);
            return new Agreement(k, shares, new Estimate(mean, Math.hypot(Math.sqrt(squares), nats / 2 / Math.sqrt(k))), rhat, worst, spread, widest,
                    nats, rhat <= plan.chains().rhat() && !isBeyond);
        }

        /** The largest distance between two means of an element, over the mean of the standard deviations. */
        private static double apart(List<Posterior> fits, String name) {
            List<Summary> each = fits.stream().map(p -> p.summary(name)).toList();
            DoubleSummaryStatistics means = each.stream().collect(Collectors.summarizingDouble(Summary::mean));
            double sd = each.stream().collect(Collectors.averagingDouble(Summary::sd));
            return sd > 0 ? (means.getMax() - means.getMin()) / sd : 0;
        }

        String inWords(int all) {
            if (fits == 1) return String.format(Locale.ROOT, "one of %d independent fits is trusted, and has no other to agree with.", all);
            String found = String.format(Locale.ROOT, "R-hat of their draws is at most %.3f%s, means are at most %.2f sd apart%s, log evidences %.2g.",
                    rhat, of(worst), spread, of(widest), nats);
            String who = fits == all ? String.format(Locale.ROOT, "%d independent fits", all)
                    : String.format(Locale.ROOT, "%d of %d independent fits are trusted, and these", fits, all);
            return holds ? who + " agree: " + found : who + " do not agree: " + found + " At least one of them is wrong: do not use them before it is known"
                    + " which, as by fluvia fit --exact.";
        }

        private static String of(String name) {
            return name.isEmpty() ? "" : " (" + name + ")";
        }
    }

    /** As many draws as were asked for, of each fit its share, the first ones, in turn. New draws are of the best one. */
    private static Posterior mixture(List<Posterior> fits, double[] shares, Posterior best, Assessment assessment, Options options, Budget budget) {
        int wanted = Math.min(options.draws(), fits.stream().mapToInt(Posterior::drawCount).max().orElseThrow());
        int[] fit = new int[wanted];
        int[] draw = new int[wanted];
        int[] taken = new int[fits.size()];
        int count = 0;
        for (int j = 0; j < wanted; j++) {
            int next = -1;
            for (int f = 0; f < taken.length; f++) {
                boolean isBehind = next < 0 || shares[f] * (j + 1) - taken[f] > shares[next] * (j + 1) - taken[next];
                if (taken[f] < fits.get(f).drawCount() && isBehind) next = f;
            }
            if (next < 0) break;
            fit[count] = next;
            draw[count++] = taken[next]++;
        }
        BoundModel model = best.approximation().model();
        DMatrixRMaj[] z = fits.stream().map(p -> p.unconstrained(model)).toArray(DMatrixRMaj[]::new);
        DMatrixRMaj[] values = fits.stream().map(Posterior::draws).toArray(DMatrixRMaj[]::new);
        DMatrixRMaj allZ = new DMatrixRMaj(z[0].numRows, count);
        DMatrixRMaj allValues = new DMatrixRMaj(values[0].numRows, count);
        double[] logDensity = new double[count];
        double[] logApproximation = new double[count];
        for (int j = 0; j < count; j++) {
            for (int i = 0; i < allZ.numRows; i++) allZ.set(i, j, z[fit[j]].get(i, draw[j]));
            for (int i = 0; i < allValues.numRows; i++) allValues.set(i, j, values[fit[j]].get(i, draw[j]));
            logDensity[j] = fits.get(fit[j]).kept().logDensity()[draw[j]];
            logApproximation[j] = fits.get(fit[j]).kept().logApproximation()[draw[j]];
        }
        double effective = 0;
        for (int f = 0; f < taken.length; f++) {
            effective += taken[f] * fits.get(f).kept().effectiveDraws() / fits.get(f).drawCount();
        }
        return new Posterior(best.approximation(), assessment, new ReportedDraws(allZ, allValues, logDensity, logApproximation), effective, options.seed(),
                budget, options.plan().crossValidation());
    }
}
