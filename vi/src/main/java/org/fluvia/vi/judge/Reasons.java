package org.fluvia.vi.judge;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Workers;
import org.fluvia.flows.FlowSpec;
import org.fluvia.flows.Flows;
import org.fluvia.model.BoundModel;
import org.fluvia.model.Quantity;
import org.fluvia.vi.density.Target;
import org.fluvia.vi.modes.Mode;
import org.fluvia.vi.modes.Modes;
import org.fluvia.vi.plan.FitPlan;

/** What was found of a judged approximation, in words: where it falls short, and what to do with this model. */
public final class Reasons {
    private final Judgement j;
    private final FitPlan plan;
    private final BoundModel model;
    private final Target target;
    private final Modes found;
    private final FlowSpec flow;

    /** @param flow that the user allows */
    public Reasons(Judgement judged, FitPlan plan, Target target, Modes found, FlowSpec flow) {
        this.j = judged;
        this.plan = plan;
        this.model = target.model();
        this.target = target;
        this.found = found;
        this.flow = flow;
    }

    /** A sentence each: first what decides whether draws are passed on, and as what. */
    public List<String> inWords() {
        List<String> reasons = new ArrayList<>();
        List<Objection> objections = j.objections();
        for (Objection o : objections) reasons.add(words(o));
        List<String> runaways = found.runaways().stream().map(j.reported()::inWords).toList();
        if (!objections.isEmpty() && !runaways.isEmpty()) {
            reasons.add("all starting paths run away: the log-density still rises beyond " + String.join("; beyond ", runaways)
                    + ". Either the density has no finite integral, and so there is no posterior, or it has a spike.");
        }
        if (!target.broken().isEmpty()) {
            reasons.add("the log-density is NaN or infinite at " + target.broken().inWords() + "; the first: " + target.broken().first() + ".");
        }
        String gradientNote = target.broken().gradientNote();
        if (gradientNote != null) reasons.add(gradientNote);
        int impossible = j.elbo().draws() - j.elbo().possible() - j.broken();
        if (impossible > 0) {
            reasons.add(impossible + " of " + j.elbo().draws() + " draws have density zero; they have weight zero.");
        }
        if (j.isAccurate()) {
            reasons.add(0, String.format(Locale.ROOT, "importance weights would move no mean, log sd, 5 or 95 %% quantile by more than"
                    + " %.2f sd.", plan.judging().smallMove()));
        } else if (objections.isEmpty()) {
            reasons.add(0, "the draws are resampled by importance weights, which move " + j.moves().inWords() + ".");
        }
        return List.copyOf(reasons);
    }

    private String words(Objection objection) {
        return switch (objection) {
            case NO_EVIDENCE -> "the ELBO or the log evidence is infinite: there is no draw at which the density is positive and finite.";
            case ROUNDING -> String.format(Locale.ROOT, "the log-density is about %.3g in magnitude, where its rounding error is %.2g nats:"
                    + " that the approximation agrees with it there proves nothing. Leave constants out, or look for a term that grows without"
                    + " bound.", j.magnitude(), j.roundingError());
            case TAIL -> String.format(Locale.ROOT, "k-hat %.2f is above %.2f: the posterior has parts that the approximation hardly"
                    + " reaches, and importance weights cannot mend that.%s%s", j.draws().weights().khat(), j.draws().khatLimit(), where(), advice());
            case FEW_EFFECTIVE -> String.format(Locale.ROOT, "only %.0f effective draws of %d (at least %.0f are needed).%s",
                    j.draws().weights().ess(), j.draws().proposals().count(), plan.judging().leastEss(),
                    j.draws().weights().khat() > j.draws().khatLimit() ? "" : where() + advice());
            case HIDDEN -> String.format(Locale.ROOT, "about %s of the posterior may lie where the log-density is NaN or infinite, and is"
                    + " missing here. Mend the model there, or give the parameter the support that it has.",
                    j.hidden() < 1 ? String.format(Locale.ROOT, "%.2g %%", 100 * j.hidden()) : "all");
            case MISSED_MODE -> missedModes();
            case MORE_MASS -> String.format(Locale.ROOT, "tempered particles found a log evidence of %.2f, the approximation %.2f: it misses"
                    + " mass.%s", requireNonNull(j.yardstick()).value(), j.logEvidence().value(), advice());
            case FAR_MOVE -> "importance weights would move " + j.moves().inWords() + ": too far for weights to be trusted with."
                    + advice();
        };
    }

    private String missedModes() {
        List<String> words = new ArrayList<>();
        List<Mode> heaviest = j.missed().stream().sorted(Comparator.comparingDouble((Mode m) -> -m.logMass())).limit(plan.words().modes()).toList();
        for (Mode mode : heaviest) {
            words.add(String.format(Locale.ROOT, "one with about %.2g times the mass found, near %s",
                    StrictMath.exp(mode.logMass() - j.logEvidence().value()), j.reported().inWords(mode.laplace().mean())));
        }
        String swapped = swapped();
        int others = j.missed().size() - heaviest.size();
        return "the posterior has more modes than the approximation reaches: " + String.join("; ", words)
                + (others > 0 ? "; and " + others + " more" : "") + ". "
                + (swapped.isEmpty() ? "Order or constrain the parameters, or fit each mode apart."
                        : "They differ by the order of the elements of " + swapped + ": declare it with Support.ordered(), which leaves one of them.");
    }

    /** The first parameter whose elements have the same values at two modes, in another order; empty if there is none. */
    private String swapped() {
        int row = 0;
        for (Quantity q : model.parameters()) {
            int n = q.shape().size();
            for (Mode mode : j.missed()) {
                for (Mode other : j.modes()) {
                    if (n > 1 && isPermuted(elements(mode, row, n), elements(other, row, n))) return q.name();
                }
            }
            row += n;
        }
        return "";
    }

    private double[] elements(Mode mode, int first, int count) {
        double[] mean = mode.laplace().mean();
        DMatrixRMaj values = j.reported().values(DMatrixRMaj.wrap(mean.length, 1, mean), 1, Workers.none());
        return Arrays.copyOfRange(values.data, first, first + count);
    }

    private boolean isPermuted(double[] a, double[] b) {
        double[] x = a.clone();
        double[] y = b.clone();
        Arrays.sort(x);
        Arrays.sort(y);
        double close = plan.words().same() * (x[x.length - 1] - x[0]);
        return areClose(x, y, close) && !areClose(a, b, close);
    }

    private static boolean areClose(double[] a, double[] b, double close) {
        for (int i = 0; i < a.length; i++) if (!(Math.abs(a[i] - b[i]) <= close)) return false;
        return true;
    }

    /** Where the draws with the largest weights lie. */
    private String where() {
        double[] w = j.logWeightsOfValues();
        int n = w.length;
        int[] heaviest = IntStream.range(0, n).boxed().sorted(Comparator.comparingDouble(i -> -w[i])).limit(plan.words().heaviest())
                .mapToInt(Integer::intValue).toArray();
        int row = 0;
        int best = -1;
        double bestRank = 0.5;
        List<String> names = new ArrayList<>();
        for (Quantity q : model.parameters()) {
            for (String name : q.elementNames()) {
                names.add(name);
                double rank = meanRank(row, n, heaviest);
                if (Math.abs(rank - 0.5) > Math.abs(bestRank - 0.5)) {
                    best = row;
                    bestRank = rank;
                }
                row++;
            }
        }
        if (best < 0 || bestRank > plan.words().side() && bestRank < 1 - plan.words().side()) return " The largest weights lie on no one parameter's far side.";
        double[] values = Arrays.stream(heaviest).mapToDouble(valueOf(best)).sorted().toArray();
        return String.format(Locale.ROOT, " The largest weights lie where %s is %s, about %.3g.", names.get(best),
                bestRank < 0.5 ? "small" : "large", values[values.length / 2]);
    }

    private IntToDoubleFunction valueOf(int row) {
        return draw -> j.values().get(row, draw);
    }

    private double meanRank(int row, int n, int[] chosen) {
        double sum = 0;
        for (int i : chosen) {
            double x = j.values().get(row, i);
            double below = 0;
            for (int k = 0; k < n; k++) {
                double y = j.values().get(row, k);
                below += y < x ? 1 : y == x ? 0.5 : 0;
            }
            sum += below / n;
        }
        return sum / chosen.length;
    }

    /** What to do with this model. */
    private String advice() {
        List<String> advice = new ArrayList<>();
        List<String> flat = model.parameters().stream().map(Quantity::name).filter(p -> model.prior(p) == null).toList();
        if (!flat.isEmpty() && model.otherTerms().isEmpty()) {
            advice.add("give " + String.join(", ", flat) + " a proper prior by m.sample: where the data do not determine it, the posterior"
                    + " can be improper");
        }
        boolean gaussian = j.approximation().isGaussian();
        if (gaussian && (flow == Flows.fullRank() || flow == Flows.diagonal())) advice.add("allow a flow that is no Gaussian");
        if (advice.isEmpty()) return "";
        return " What may help: " + String.join("; ", advice) + ".";
    }
}
