package org.fluvia.vi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.fluvia.text.Digits;
import org.fluvia.vi.diagnostics.UniformBand;
import org.fluvia.vi.text.TextTable;

/**
 * Simulation-based calibration (Talts, Betancourt, Simpson, Vehtari and Gelman 2018): parameters are drawn from the prior and data from these, the model is
 * fitted to the data, and the rank of each parameter among the posterior's draws is taken, again and again. If the fits are right, ranks are uniform.
 * So they are among the fits that are trusted, as the verdict is a function of the data and not of the parameters behind them. Besides parameters and derived
 * values the joint log-density is ranked, which finds what they do not (Modrák et al. 2023). Immutable.
 *
 * @param model the model's name
 * @param draws of each posterior: a rank is from 0 to this
 * @param outcomes of each repeat, in order
 */
public record Calibration(String model, int draws, List<Outcome> outcomes) {
    /** The name of the joint log-density of parameters and data, among those of the quantities. */
    public static final String LOG_DENSITY = "log density";

    /** The probability that right fits are called wrong for anything, all quantities together; chosen. */
    private static final double FALSE_ALARM = 0.01;
    private static final int SHOWN = 40;
    private static final double VARIANCE = 1 / 12.0;

    /**
     * One fit to data that were drawn.
     *
     * @param verdict FAIL too where there is no fit, as the model refuses the data
     * @param ranks of each element, by name: how many draws are below the value that the data were drawn at, equal ones by chance; none where there is
     *     no fit
     * @param seconds that the fit took
     */
    public record Outcome(Verdict verdict, Map<String, Integer> ranks, double seconds) {}

    public Calibration {
        outcomes = List.copyOf(outcomes);
    }

    /** How many fits are trusted. */
    public int trusted() {
        return (int) outcomes.stream().filter(o -> o.verdict() != Verdict.FAIL).count();
    }

    /** The elements that have ranks, in the order of the model. */
    public List<String> names() {
        return outcomes.stream().filter(o -> o.verdict() != Verdict.FAIL).findFirst().map(o -> List.copyOf(o.ranks().keySet())).orElse(List.of());
    }

    /** The ranks of an element in the fits that are trusted. */
    public int[] ranks(String name) {
        return outcomes.stream().filter(o -> o.verdict() != Verdict.FAIL && o.ranks().containsKey(name)).mapToInt(o -> o.ranks().get(name)).toArray();
    }

    /** The probability that ranks as far from uniform as those of an element come of right fits: see {@link UniformBand#pValue}. */
    public double pValue(String name) {
        int[] ranks = ranks(name);
        return UniformBand.of(ranks.length, draws + 1).pValue(ranks);
    }

    /** The elements that are not calibrated, with why, in words. */
    public Map<String, String> miscalibrated() {
        Map<String, String> all = new LinkedHashMap<>();
        List<String> names = names();
        for (String name : names) {
            if (pValue(name) < FALSE_ALARM / names.size()) all.put(name, inWords(name));
        }
        return all;
    }

    /** Whether there are fits that are trusted, and no element is miscalibrated. */
    public boolean isCalibrated() {
        return trusted() > 0 && miscalibrated().isEmpty();
    }

    /** Which way ranks are not uniform: whether their mean or their spread is farther off, in units of its standard error. */
    private String inWords(String name) {
        double[] u = shares(name);
        double n = u.length;
        double mean = Arrays.stream(u).average().orElseThrow();
        double square = Arrays.stream(u).map(x -> (x - 0.5) * (x - 0.5)).average().orElseThrow();
        double bias = (mean - 0.5) / Math.sqrt(VARIANCE / n);
        double spread = (square - VARIANCE) / Math.sqrt((1 / 80.0 - VARIANCE * VARIANCE) / n); // E (u - 1/2)^4 = 1/80
        if (Math.abs(bias) >= Math.abs(spread)) return bias > 0 ? "posteriors are too low" : "posteriors are too high";
        return spread > 0 ? "posteriors are too narrow" : "posteriors are too wide";
    }

    private double[] shares(String name) {
        return Arrays.stream(ranks(name)).mapToDouble(r -> (r + 0.5) / (draws + 1)).toArray();
    }

    /** What came out, in words, and a row for each element. */
    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        int trusted = trusted();
        lines.add(String.format(Locale.ROOT, "simulation-based calibration of %s: %d fits, %d of them trusted, %.1f s each", model, outcomes.size(), trusted,
                outcomes.stream().mapToDouble(Outcome::seconds).average().orElse(0)));
        Map<String, String> wrong = miscalibrated();
        List<String> names = names();
        if (trusted == 0) {
            lines.add("No fit is trusted, so there is nothing to know.");
        } else if (wrong.isEmpty()) {
            lines.add(String.format(Locale.ROOT, "Calibrated, as far as %d fits can tell: right fits have ranks as far from uniform in more than 1 %% of cases.",
                    trusted));
        } else {
            lines.add("Not calibrated: of " + String.join(", ", wrong.entrySet().stream().map(e -> e.getKey() + " " + e.getValue()).toList()) + ".");
        }
        if (trusted < outcomes.size()) {
            lines.add(String.format(Locale.ROOT, "%d fits say themselves that they are not to be trusted (FAIL), and are left out.", outcomes.size() - trusted));
        }
        if (names.isEmpty()) return String.join(System.lineSeparator(), lines);
        lines.add("");
        TextTable table = TextTable.of(SHOWN, "", "fits", "mean rank", "p");
        for (String name : names) {
            double[] u = shares(name);
            table.add(name, Integer.toString(u.length), Digits.four(Arrays.stream(u).average().orElseThrow()), Digits.four(pValue(name)));
        }
        lines.addAll(table.lines());
        lines.add(String.format(Locale.ROOT, "Ranks among %d draws as a share; p: how often right fits have ranks as far from uniform.", draws));
        return String.join(System.lineSeparator(), lines);
    }
}
