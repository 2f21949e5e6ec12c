package org.fluvia.bench.compare;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.SharedValues;
import org.fluvia.bench.BenchModel;
import org.fluvia.bench.ModelGradient;
import org.fluvia.flows.Flow;
import org.fluvia.flows.bijection.Bijection;
import org.fluvia.flows.bijection.Chain;
import org.fluvia.flows.bijection.Permutation;
import org.fluvia.model.Data;

/** Files in bench/target through which the peers get the same data, points and weights as Fluvia. */
final class Exchange {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path FOLDER = Path.of("bench", "target", "exchange");

    private Exchange() {}

    /** Stan's JSON data format. */
    static Path data(BenchModel model) {
        ObjectNode all = JSON.createObjectNode();
        Data data = model.data();
        for (String name : data.names()) {
            double[] values = data.values(name);
            int columns = data.shape(name).rank() == 2 ? data.shape(name).dim(1) : 0;
            if (data.shape(name).isScalar()) {
                all.put(name, (long) values[0]);
            } else if (columns == 0) {
                values(all.putArray(name), values);
            } else {
                ArrayNode rows = all.putArray(name);
                for (int i = 0; i < values.length; i += columns) {
                    values(rows.addArray(), Arrays.copyOfRange(values, i, i + columns));
                }
            }
        }
        return write(model.program() + ".json", all.toString());
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

    /** The flow's couplings with the elements that each keeps and moves, its weights, noise to try it on, and the model's data. */
    static Path flow(Flow flow, double[] weights, DMatrixRMaj noise, double rate) {
        ObjectNode all = JSON.createObjectNode();
        all.put("bound", org.fluvia.flows.Flows.realNvp().logScaleBound());
        all.put("rate", rate);
        values(all.putArray("y"), BenchModel.EIGHT_SCHOOLS.data().values("y"));
        values(all.putArray("sigma"), BenchModel.EIGHT_SCHOOLS.data().values("sigma"));
        ArrayNode draws = all.putArray("noise");
        for (int j = 0; j < noise.numCols; j++) {
            ArrayNode draw = draws.addArray();
            for (int i = 0; i < noise.numRows; i++) draw.add(noise.get(i, j));
        }
        ArrayNode layers = all.putArray("layers");
        double[] order = new double[flow.dimension()];
        for (int i = 0; i < order.length; i++) order[i] = i;
        int half = (order.length + 1) / 2;
        int at = 0;
        for (Bijection map : ((Chain) flow.bijection()).layers()) {
            if (map instanceof Permutation) {
                order = SharedValues.of(map.forward(Expr.vector(order)).value());
                continue;
            }
            ObjectNode layer = layers.addObject();
            // RealNvp moves the second and the first part by turns, the second first
            boolean movesSecond = layers.size() % 2 == 1;
            integers(layer.putArray(movesSecond ? "kept" : "moved"), Arrays.copyOfRange(order, 0, half));
            integers(layer.putArray(movesSecond ? "moved" : "kept"), Arrays.copyOfRange(order, half, order.length));
            ArrayNode arrays = layer.putArray("weights");
            for (Expr w : map.weights()) {
                int size = w.shape().size();
                int columns = w.shape().rank() == 2 ? w.shape().dim(1) : size;
                ArrayNode rows = arrays.addArray();
                for (int i = 0; i < size; i += columns) {
                    double[] row = Arrays.copyOfRange(weights, at + i, at + i + columns);
                    values(w.shape().rank() == 2 ? rows.addArray() : rows, row);
                }
                at += size;
            }
        }
        return write("flow.json", all.toString());
    }

    private static void values(ArrayNode array, double[] values) {
        for (double x : values) number(array, x);
    }

    /** Whole numbers without a point: Stan wants them so where it wants integers. */
    private static void number(ArrayNode array, double x) {
        if (x == (long) x) array.add((long) x);
        else array.add(x);
    }

    private static void integers(ArrayNode array, double[] values) {
        for (double x : values) array.add((int) x);
    }

    private static Path write(String name, String content) {
        try {
            Files.createDirectories(FOLDER);
            return Files.writeString(FOLDER.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
