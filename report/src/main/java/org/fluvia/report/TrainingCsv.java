package org.fluvia.report;

import java.io.IOException;
import java.io.Writer;
import org.apache.commons.csv.CSVPrinter;
import org.fluvia.flows.LearnedFlow;
import org.fluvia.flows.TrainingRecord;
import org.fluvia.report.csv.Csv;

/** {@code training.csv}: how a flow was learned, a row for each epoch; comments say what came of it. */
public final class TrainingCsv implements Document {
    private final LearnedFlow flow;

    private TrainingCsv(LearnedFlow flow) {
        this.flow = flow;
    }

    public static TrainingCsv of(LearnedFlow flow) {
        return new TrainingCsv(flow);
    }

    @Override
    public void writeTo(Writer out) throws IOException {
        TrainingRecord record = flow.record();
        CSVPrinter csv = Csv.printer(out);
        Csv.comment(csv, "fluvia_version", Version.ours());
        Csv.comment(csv, "flow", flow.spec().toString());
        Csv.comment(csv, "seed", Long.toString(record.seed()));
        Csv.comment(csv, "held_out", Csv.number(record.heldOut().mean()));
        Csv.comment(csv, "held_out_standard_error", Csv.number(record.heldOut().standardError()));
        Csv.comment(csv, "held_out_rows", Integer.toString(record.heldOut().points()));
        Csv.comment(csv, "bits_per_dimension", Csv.number(flow.bitsPerDimension()));
        Csv.comment(csv, "best_epoch", Integer.toString(record.best()));
        Csv.comment(csv, "ending", record.ending().name());
        Csv.comment(csv, "seconds", Csv.number(record.seconds()));
        csv.printRecord("epoch", "steps", "train", "held_out", "rate");
        for (TrainingRecord.Epoch e : record.epochs()) {
            csv.printRecord(Integer.toString(e.number()), Integer.toString(e.steps()), Csv.number(e.train()), Csv.number(e.heldOut()), Csv.number(e.rate()));
        }
    }
}
