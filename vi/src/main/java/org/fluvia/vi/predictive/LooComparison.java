package org.fluvia.vi.predictive;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.fluvia.text.Digits;
import org.fluvia.vi.diagnostics.Estimate;
import org.fluvia.vi.text.TextTable;

/**
 * How much better one model predicts than another, by leave-one-out cross-validation of the same data: the sum of the n pointwise
 * differences d_i = elpd_i(first) - elpd_i(second), with the standard error sqrt(n var d) (Vehtari, Gelman and Gabry 2017,
 * section 5.2).
 *
 * @param difference in nats; positive if the first model predicts better
 * @param monteCarloError standard error that comes from the numbers of draws
 * @param observations n
 * @param notes what else must be known to rely on it, one sentence each
 */
public record LooComparison(String first, String second, Estimate difference, double monteCarloError, int observations,
                            List<String> notes) {
    /** Below so many nats the normal approximation of the difference is poor (Sivula, Magnusson, Matamoros and Vehtari 2020). */
    private static final double SMALL = 4;
    /** Of fewer observations its standard error is too small, by the same authors. */
    private static final int FEW = 100;

    public LooComparison {
        notes = List.copyOf(notes);
    }

    static LooComparison of(Loo a, Loo b) {
        checkSameData(a, b);
        int n = a.pointwise().size();
        double[] differences = new double[n];
        for (int i = 0; i < n; i++) differences[i] = a.pointwise().get(i).elpd() - b.pointwise().get(i).elpd();
        Estimate difference = Elpd.sum(differences);
        double error = Math.sqrt(a.monteCarloError() * a.monteCarloError() + b.monteCarloError() * b.monteCarloError());
        List<String> notes = new ArrayList<>();
        for (Loo each : List.of(a, b)) {
            int bad = each.unreliable().size();
            if (bad > 0) {
                notes.add(String.format(Locale.ROOT, "%s: k-hat is above %.2f for %d of %d observations; the difference may be far off.",
                        each.model(), each.khatLimit(), bad, n));
            }
            for (String note : each.notes()) notes.add(each.model() + ": " + note);
        }
        if (Math.abs(difference.value()) < SMALL) {
            notes.add("a difference below 4 is small; its standard error says little.");
        } else if (n < FEW) {
            notes.add("with fewer than 100 observations the standard error is rough.");
        }
        return new LooComparison(a.model(), b.model(), difference, error, n, notes);
    }

    private static void checkSameData(Loo a, Loo b) {
        int n = a.pointwise().size();
        if (n != b.pointwise().size()) {
            throw new IllegalArgumentException("Loo.compare: both models must observe the same data, but " + a.model() + " observes " + n
                    + " values and " + b.model() + " " + b.pointwise().size() + ". Fit both to the same observations.");
        }
        for (int i = 0; i < n; i++) {
            PointwiseLoo x = a.pointwise().get(i);
            PointwiseLoo y = b.pointwise().get(i);
            if (!x.observed().equals(y.observed())) {
                throw new IllegalArgumentException("Loo.compare: both models must observe the same data, but " + x.name() + " is "
                        + text(x) + " in " + a.model() + " and " + (x.name().equals(y.name()) ? "" : y.name() + " is ") + text(y) + " in "
                        + b.model() + ". A transformed outcome needs the log of the transform's derivative in its density, and"
                        + " cannot be compared here.");
            }
        }
    }

    private static String text(PointwiseLoo p) {
        return p.observed().size() == 1 ? p.observed().get(0).toString() : p.observed().toString();
    }

    @Override
    public String toString() {
        double d = difference.value();
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, "elpd_loo of %s minus that of %s: %s, standard error %s (%d observations, Monte-Carlo error %s)",
                first, second, TextTable.oneDecimal(d), TextTable.oneDecimal(difference.standardError()), observations,
                Digits.four(monteCarloError)));
        if (d != 0) {
            lines.add(String.format(Locale.ROOT, "%s predicts better, by %s standard errors.", d > 0 ? first : second,
                    TextTable.oneDecimal(Math.abs(d) / difference.standardError())));
        }
        lines.addAll(notes);
        return String.join(System.lineSeparator(), lines);
    }
}
