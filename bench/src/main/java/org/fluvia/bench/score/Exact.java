package org.fluvia.bench.score;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.fluvia.vi.Posterior;
import org.fluvia.vi.Verdict;
import org.fluvia.vi.diagnostics.Estimate;
import org.fluvia.vi.diagnostics.Summary;

/**
 * Margins and log evidence that are known. Wrong: a mean off by more than 0.10 sd, an sd by 8 %, a 5 or 95 % quantile by 0.1 sd, or the log
 * evidence by 0.05 and 4 of its errors. Of a distribution without an sd quantiles are judged on the normal scale.
 *
 * @param margins by the name of a quantity, one for each element, row-major
 * @param logEvidence in nats; NaN where it is not known
 */
record Exact(Map<String, List<Margin>> margins, double logEvidence) implements Truth {
    static final double MEAN = 0.10;
    static final double SD = 8;
    static final double QUANTILE = 0.10;
    static final double LOG_EVIDENCE = 0.05;
    /** Standard errors within which an error may be noise. */
    static final double NOISE = 4;
    /** The standard error of a 5 % quantile on the normal scale of n draws, times the root of n: sqrt(0.05 0.95) / phi(1.645). */
    private static final double QUANTILE_NOISE = 2.11;

    /**
     * Draws beside one known quantity.
     *
     * @param draws of each element
     * @param names of the elements
     */
    record Compared(List<double[]> draws, List<Margin> margins, List<String> names) {}

    @Override
    public Score score(Posterior p) {
        List<Compared> all = new ArrayList<>();
        margins.forEach((name, known) -> {
            double[][] draws = p.array(name);
            if (draws[0].length != known.size()) {
                throw new IllegalStateException("bench: " + name + " has " + draws[0].length + " elements, and " + known.size() + " are known");
            }
            List<double[]> elements = new ArrayList<>();
            List<String> names = new ArrayList<>();
            for (int i = 0; i < known.size(); i++) {
                int element = i;
                elements.add(Arrays.stream(draws).mapToDouble(row -> row[element]).toArray());
                names.add(known.size() == 1 ? name : name + "[" + (i + 1) + "]");
            }
            all.add(new Compared(elements, known, names));
        });
        return score(all, p);
    }

    Score score(List<Compared> all, Posterior p) {
        int n = p.drawCount();
        double worth = p.verdict() == Verdict.RESAMPLED ? 1 / (1.0 / n + 1 / p.assessment().ess()) : n;
        return score(all, worth, p.assessment().logEvidence());
    }

    /** @param worth the number of independent draws that the draws are worth */
    Score score(List<Compared> all, double worth, Estimate evidence) {
        double[] worst = new double[3];
        String[] where = {"", "", ""};
        double worstNormal = 0;
        for (Compared c : all) {
            for (int i = 0; i < c.margins().size(); i++) {
                Margin m = c.margins().get(i);
                double[] e = errors(c.draws().get(i), m);
                for (int k = 0; k < 3; k++) {
                    if (e[k] <= worst[k]) continue;
                    worst[k] = e[k];
                    where[k] = List.of("mean", "sd", "quantile").get(k) + " of " + c.names().get(i);
                }
                worstNormal = Math.max(worstNormal, e[3]);
            }
        }
        double ofEvidence = evidence.value() - logEvidence;
        boolean evidenceRight = Double.isNaN(logEvidence) || Math.abs(ofEvidence) <= Math.max(LOG_EVIDENCE, NOISE * evidence.standardError());
        boolean right = evidenceRight && worst[0] <= MEAN && worst[1] <= SD && worst[2] <= QUANTILE;
        double noise = NOISE / Math.sqrt(worth);
        boolean withinNoise = evidenceRight && (worst[0] <= MEAN || worst[0] <= noise) && (worst[1] <= SD || worst[1] <= 100 * noise / Math.sqrt(2))
                && (worst[2] <= QUANTILE || worstNormal <= QUANTILE_NOISE * noise);
        Score.Right how = right ? Score.Right.YES : withinNoise ? Score.Right.WITHIN_NOISE : Score.Right.NO;
        return new Score(how, worst[0], worst[1], worst[2], ofEvidence, String.join(", ", Arrays.stream(where).filter(w -> !w.isEmpty()).toList()), "");
    }

    /**
     * Of the mean in sds, of the sd per cent, of the quantiles in sds and on the normal scale; 0 for what is not judged. What is not a number is
     * as wrong as can be.
     */
    private static double[] errors(double[] draws, Margin m) {
        double[] e = new double[4];
        if (Arrays.stream(draws).anyMatch(Double::isNaN)) {
            Arrays.fill(e, Double.POSITIVE_INFINITY);
            return e;
        }
        double mean = Arrays.stream(draws).sum() / draws.length;
        if (m.judged().mean()) e[0] = finite(Math.abs(mean - m.mean()) / m.sd());
        if (m.judged().sd()) {
            double squares = Arrays.stream(draws).map(x -> (x - mean) * (x - mean)).sum();
            e[1] = finite(100 * Math.abs(Math.sqrt(squares / (draws.length - 1)) / m.sd() - 1));
        }
        if (m.judged().quantiles()) {
            for (double p : new double[] {0.05, 0.95}) {
                double q = Summary.quantile(draws, p);
                double normal = finite(m.normalError(q, p));
                e[2] = Math.max(e[2], m.judged().mean() ? finite(Math.abs(q - m.quantile(p)) / m.sd()) : normal);
                e[3] = Math.max(e[3], normal);
            }
        }
        return e;
    }

    private static double finite(double error) {
        return Double.isNaN(error) ? Double.POSITIVE_INFINITY : error;
    }
}
