package org.fluvia.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.fluvia.flows.LearnedFlow;
import org.fluvia.flows.Samples;
import org.fluvia.flows.TrainingRecord;
import org.fluvia.plots.Picture;
import org.fluvia.plots.Plots;

/** How the training of a flow went, and data beside draws of it. */
final class LearnedPictures {
    /** The most that axes show. */
    private static final double LARGEST = 1e300;
    private static final String TRAINING = "training";
    private static final String PAIRS = "pairs";

    private LearnedPictures() {}

    /** Removes those of an older run. */
    static void remove(Path folder) {
        PictureFiles.remove(folder, TRAINING);
        PictureFiles.remove(folder, PAIRS);
    }

    /**
     * Writes the course of the training, if there was any, and pairs; of more elements than there is room for the first.
     *
     * @param written to which the files' names are added
     */
    static void write(LearnedFlow learned, ColumnRoles roles, Samples samples, Path folder, List<String> written) {
        TrainingRecord record = learned.record();
        if (!record.epochs().isEmpty()) PictureFiles.write(folder, TRAINING, Picture.of(Plots.training("training", record)), written);
        int[] rows = chosen(samples);
        DMatrixRMaj data = picked(samples, rows);
        Samples context = samples.context();
        DMatrixRMaj draws = context == null ? learned.sample(rows.length, record.seed())
                : learned.sample(Samples.of(picked(context, rows)), record.seed());
        roles.floorIntegers(data);
        roles.floorIntegers(draws);
        draws = finite(draws);
        data = finite(data);
        if (data.numCols < 2 || draws.numCols < 2) return;
        int shown = Math.min(PictureFiles.MOST_IN_PAIRS, data.numRows);
        String title = (shown < data.numRows ? "the first " + shown + " of " + data.numRows + " columns: " : "") + "data below, draws of the flow above";
        PictureFiles.write(folder, PAIRS, Plots.pairs(roles.points().subList(0, shown), first(data, shown), first(draws, shown)).titled(title), written);
    }

    /** Rows at even distances in the sum of all weights, so that each comes as often as its weight says, wherever in the file it stands. */
    private static int[] chosen(Samples samples) {
        int n = Math.min(PictureFiles.POINTS_IN_PAIRS, samples.size());
        double all = IntStream.range(0, samples.size()).mapToDouble(samples::weight).sum();
        int[] rows = new int[n];
        double sum = samples.weight(0);
        int row = 0;
        for (int i = 0; i < n; i++) {
            while (sum < all * (i + 0.5) / n && row < samples.size() - 1) sum += samples.weight(++row);
            rows[i] = row;
        }
        return rows;
    }

    private static DMatrixRMaj picked(Samples samples, int[] rows) {
        DMatrixRMaj picked = new DMatrixRMaj(samples.dimension(), rows.length);
        for (int j = 0; j < rows.length; j++) {
            double[] row = samples.row(rows[j]);
            for (int i = 0; i < row.length; i++) picked.set(i, j, row[i]);
        }
        return picked;
    }

    /** Those that can be shown. */
    private static DMatrixRMaj finite(DMatrixRMaj points) {
        int[] columns = IntStream.range(0, points.numCols)
                .filter(j -> IntStream.range(0, points.numRows).allMatch(i -> Math.abs(points.get(i, j)) <= LARGEST)).toArray();
        return columns.length == points.numCols ? points : CommonOps_DDRM.extract(points, null, 0, columns, columns.length, null);
    }

    private static DMatrixRMaj first(DMatrixRMaj points, int elements) {
        return CommonOps_DDRM.extract(points, 0, elements, 0, points.numCols);
    }
}
