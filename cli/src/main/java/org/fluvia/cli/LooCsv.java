package org.fluvia.cli;

import java.io.IOException;
import org.apache.commons.csv.CSVPrinter;
import org.fluvia.vi.predictive.Loo;
import org.fluvia.vi.predictive.PointwiseLoo;

/** {@code loo.csv}: leave-one-out cross-validation, one row an observation. */
final class LooCsv {
    private LooCsv() {}

    static String of(Loo loo) throws IOException {
        StringBuilder text = new StringBuilder();
        CSVPrinter csv = Csv.printer(text);
        csv.printRecord("observation", "elpd", "monte_carlo_error", "p_loo", "khat", "ess");
        for (PointwiseLoo p : loo.pointwise()) {
            csv.printRecord(Csv.name(p.name()), Csv.number(p.elpd()), Csv.number(p.monteCarloError()), Csv.number(p.effectiveParameters()),
                    Csv.number(p.khat()), Csv.number(p.ess()));
        }
        return text.toString();
    }
}
