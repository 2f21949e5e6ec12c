package org.fluvia.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.flows.Samples;
import org.fluvia.flows.file.FlowFile;
import org.jspecify.annotations.Nullable;

/**
 * What columns of a table are to a flow.
 *
 * @param points the elements of its points
 * @param context what it is conditional on
 * @param integers those of the points that are integers
 * @param weight of the rows
 */
record ColumnRoles(List<String> points, List<String> context, List<String> integers, @Nullable String weight) {

    /** Those that a flow was learned from; numbered ones where its file has no names. */
    static ColumnRoles of(FlowFile file) {
        return new ColumnRoles(names(file.columns(), "x", file.flow().dimension()),
                names(file.contextColumns(), "context ", file.flow().standardisation().contextMean().size()), file.integerColumns(), null);
    }

    private static List<String> names(List<String> given, String otherwise, int count) {
        return given.isEmpty() ? IntStream.rangeClosed(1, count).mapToObj(i -> otherwise + i).toList() : given;
    }

    /** Takes the noise from integers. */
    void floorIntegers(DMatrixRMaj draws) {
        for (int i : integerElements()) {
            for (int j = 0; j < draws.numCols; j++) draws.set(i, j, Math.floor(draws.get(i, j)));
        }
    }

    private int[] integerElements() {
        return integers.stream().mapToInt(points::indexOf).toArray();
    }

    /** What a table is to be read for: points, context, weight. */
    List<Table.Column> columns() {
        List<Table.Column> all = new ArrayList<>();
        for (String name : points) all.add(new Table.Column(name, integers.contains(name) ? Table.Kind.INTEGER : Table.Kind.NUMBER));
        for (String name : context) all.add(new Table.Column(name, Table.Kind.NUMBER));
        if (weight != null) all.add(new Table.Column(weight, Table.Kind.WEIGHT));
        return all;
    }

    /**
     * The rows of those columns as what they are to the flow.
     *
     * @param seed of the noise that integers get
     */
    Samples samples(Samples read, long seed) {
        int own = points.size();
        Samples samples = (read.dimension() == own ? read : Samples.ofRows(part(read, 0, own), own)).named(points);
        int given = context.size();
        if (given > 0) samples = samples.context(Samples.ofRows(part(read, own, given), given).named(context));
        if (weight != null) samples = samples.weights(part(read, own + given, 1));
        return integers.isEmpty() ? samples : samples.dequantised(seed, integerElements());
    }

    private static double[] part(Samples read, int from, int width) {
        double[] part = new double[read.size() * width];
        for (int i = 0; i < read.size(); i++) System.arraycopy(read.row(i), from, part, i * width, width);
        return part;
    }
}
