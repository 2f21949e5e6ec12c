package org.fluvia.report;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.apache.commons.csv.CSVPrinter;
import org.fluvia.report.csv.Csv;
import org.fluvia.vi.Calibration;

/** {@code ranks.csv}: simulation-based calibration, a row for each repeat: its number, the verdict, and the rank of each element, empty where there is no fit. */
public final class RanksCsv implements Document {
    private final Calibration calibration;

    private RanksCsv(Calibration calibration) {
        this.calibration = calibration;
    }

    public static RanksCsv of(Calibration calibration) {
        return new RanksCsv(calibration);
    }

    @Override
    public void writeTo(Writer out) throws IOException {
        List<String> names = calibration.names();
        CSVPrinter csv = Csv.printer(out);
        Csv.comment(csv, "fluvia_version", Version.ours());
        Csv.comment(csv, "model", calibration.model());
        Csv.comment(csv, "draws", Integer.toString(calibration.draws()));
        csv.print("repeat");
        csv.print("verdict");
        for (String name : names) csv.print(Csv.name(name));
        csv.println();
        int repeat = 0;
        for (Calibration.Outcome o : calibration.outcomes()) {
            csv.print(Integer.toString(++repeat));
            csv.print(o.verdict().name());
            for (String name : names) {
                csv.print(o.ranks().containsKey(name) ? String.valueOf(o.ranks().get(name)) : "");
            }
            csv.println();
        }
    }
}
