package org.fluvia.report;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Expr;
import org.fluvia.model.Quantity;
import org.fluvia.report.csv.DrawTable;
import org.fluvia.vi.Posterior;
import org.fluvia.vi.predictive.Predictions;

/**
 * {@code predictions.csv}: a replication of observed data, and a value of what is predicted, a row for each draw, in the columns of
 * {@code draws.csv}. What is NaN in some draws is told in the comments.
 */
public final class PredictionsCsv implements Document {
    private final Posterior posterior;
    private final Map<String, Predictions> predictions;

    private PredictionsCsv(Posterior posterior, Map<String, Predictions> predictions) {
        this.posterior = posterior;
        this.predictions = predictions;
    }

    /**
     * @param predictions by name, from {@code posterior.predict(posterior.seed(), draws)}
     * @throws IllegalArgumentException if there are none, or not all are of equally many draws
     */
    public static PredictionsCsv of(Posterior posterior, Map<String, Predictions> predictions) {
        if (predictions.values().stream().mapToInt(Predictions::drawCount).distinct().count() != 1) {
            throw new IllegalArgumentException("predictions.csv: predictions must be one or more, of equally many draws, but were of "
                    + predictions.values().stream().map(Predictions::drawCount).toList());
        }
        return new PredictionsCsv(posterior, Collections.unmodifiableMap(new LinkedHashMap<>(predictions)));
    }

    @Override
    public void writeTo(Writer out) throws IOException {
        List<Quantity> quantities = new ArrayList<>();
        List<DMatrixRMaj> values = new ArrayList<>();
        Map<String, String> comments = DrawComments.of(posterior);
        int others = comments.size();
        predictions.forEach((name, of) -> {
            for (String note : of.notes()) comments.put("note_" + (comments.size() - others + 1), note);
            quantities.add(new Quantity(name, Expr.perDraw(name, of.shape())));
            values.add(of.draws());
        });
        int draws = values.get(0).numCols;
        new DrawTable(quantities).write(out, comments, List.of(), DrawTable.stacked(values, draws));
    }
}
