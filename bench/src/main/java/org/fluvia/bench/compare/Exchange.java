package org.fluvia.bench.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.SharedValues;
import org.fluvia.bench.BenchFlow;
import org.fluvia.bench.BenchModel;
import org.fluvia.bench.ModelGradient;
import org.fluvia.flows.Flow;
import org.fluvia.flows.bijection.Bijection;
import org.fluvia.flows.bijection.Chain;
import org.fluvia.flows.bijection.Permutation;
import org.fluvia.model.Data;
import org.fluvia.report.json.JsonObject;
import org.fluvia.report.json.JsonText;

/** Files in bench/target through which the peers get the same data, points and weights as Fluvia. */
final class Exchange {
    private static final Path FOLDER = Path.of("bench", "target", "exchange");

    private Exchange() {}

    /** Stan's JSON data format. */
    static Path data(BenchModel model) {
        JsonObject all = new JsonObject();
        Data data = model.data();
        for (String name : data.names()) {
            double[] values = data.values(name);
            int columns = data.shape(name).rank() == 2 ? data.shape(name).dim(1) : 0;
            if (data.shape(name).isScalar()) {
                all.whole(name, (long) values[0]);
            } else {
                all.json(name, columns == 0 ? values(values) : rows(values, columns));
            }
        }
        return write(model.program() + ".json", all.line());
    }

    /** The points of the model, one a line. */
    static Path points(BenchModel model, int dimension) {
        DMatrixRMaj points = ModelGradient.points(dimension);
        StringBuilder text = new StringBuilder();
        for (int j = 0; j < points.numCols; j++) {
            for (int i = 0; i < points.numRows; i++) text.append(points.get(i, j)).append(' ');
            text.append('\n');
        }
        return write(model.program() + ".points", text.toString());
    }

    /** What a flow is called and the sizes of its parts, as peers build it. */
    static JsonObject sizes(BenchFlow flow, int dimension) {
        return new JsonObject().text("flow", flow.program()).whole("dimension", dimension).whole("layers", flow.layers())
                .whole("hidden", BenchFlow.HIDDEN).number("bound", BenchFlow.BOUND).whole("bins", BenchFlow.BINS)
                .number("box", BenchFlow.BOX).whole("block", BenchFlow.BLOCK);
    }

    /** Rows of samples: little-endian doubles, one after the other. */
    static Path samples(String name, double[] rows) {
        ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES * rows.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asDoubleBuffer().put(rows);
        return write(name, bytes.array());
    }

    /** What {@link #samples} wrote. */
    static double[] samples(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        double[] rows = new double[bytes.remaining() / Double.BYTES];
        bytes.asDoubleBuffer().get(rows);
        return rows;
    }

    /** The flow's couplings with the elements that each keeps and moves, its weights, noise to try it on, and the model's data. */
    static Path flow(Flow flow, double[] weights, DMatrixRMaj noise, double rate) {
        JsonObject all = new JsonObject();
        all.number("bound", org.fluvia.flows.Flows.realNvp().logScaleBound());
        all.number("rate", rate);
        all.json("y", values(BenchModel.EIGHT_SCHOOLS.data().values("y")));
        all.json("sigma", values(BenchModel.EIGHT_SCHOOLS.data().values("sigma")));
        double[] draws = new double[noise.numRows * noise.numCols];
        for (int i = 0; i < draws.length; i++) draws[i] = noise.get(i % noise.numRows, i / noise.numRows);
        all.json("noise", rows(draws, noise.numRows));
        List<String> layers = new ArrayList<>();
        double[] order = new double[flow.dimension()];
        for (int i = 0; i < order.length; i++) order[i] = i;
        int half = (order.length + 1) / 2;
        int at = 0;
        for (Bijection map : ((Chain) flow.parts().get(0).bijection()).layers()) {
            if (map instanceof Permutation) {
                order = SharedValues.of(map.forward(Expr.vector(order)).value());
                continue;
            }
            // RealNvp moves the second and the first part by turns, the second first
            boolean movesSecond = layers.size() % 2 == 0;
            List<String> arrays = new ArrayList<>();
            for (Expr w : map.weights()) {
                int size = w.shape().size();
                double[] values = Arrays.copyOfRange(weights, at, at + size);
                arrays.add(w.shape().rank() == 2 ? rows(values, w.shape().dim(1)) : values(values));
                at += size;
            }
            layers.add(new JsonObject().json(movesSecond ? "kept" : "moved", values(Arrays.copyOfRange(order, 0, half)))
                    .json(movesSecond ? "moved" : "kept", values(Arrays.copyOfRange(order, half, order.length)))
                    .json("weights", JsonText.list(arrays)).line());
        }
        all.json("layers", JsonText.list(layers));
        return write("flow.json", all.line());
    }

    /** Whole numbers without a point: Stan wants them so where it wants integers. */
    private static String values(double[] values) {
        return JsonText.list(Arrays.stream(values).mapToObj(x -> x == (long) x ? Long.toString((long) x) : JsonText.decimal(x)).toList());
    }

    private static String rows(double[] values, int columns) {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < values.length; i += columns) rows.add(values(Arrays.copyOfRange(values, i, i + columns)));
        return JsonText.list(rows);
    }

    private static Path write(String name, String content) {
        return write(name, content.getBytes(StandardCharsets.UTF_8));
    }

    private static Path write(String name, byte[] content) {
        try {
            Files.createDirectories(FOLDER);
            return Files.write(FOLDER.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
