package org.fluvia.report;

import java.io.IOException;
import java.io.Writer;
import org.apache.commons.csv.CSVPrinter;
import org.fluvia.report.csv.Csv;
import org.fluvia.vi.predictive.Loo;
import org.fluvia.vi.predictive.PointwiseLoo;

/** {@code loo.csv}: leave-one-out cross-validation, one row an observation. */
public final class LooCsv implements Document {
    private final Loo loo;

    private LooCsv(Loo loo) {
        this.loo = loo;
    }

    public static LooCsv of(Loo loo) {
        return new LooCsv(loo);
    }

    @Override
    public void writeTo(Writer out) throws IOException {
        CSVPrinter csv = Csv.printer(out);
        csv.printRecord("observation", "elpd", "monte_carlo_error", "p_loo", "khat", "ess");
        for (PointwiseLoo p : loo.pointwise()) {
            csv.printRecord(Csv.name(p.name()), Csv.number(p.elpd()), Csv.number(p.monteCarloError()), Csv.number(p.effectiveParameters()),
                    Csv.number(p.khat()), Csv.number(p.ess()));
        }
    }
}
