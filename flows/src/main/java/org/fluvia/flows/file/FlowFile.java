package org.fluvia.flows.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Expr;
import org.fluvia.file.Frame;
import org.fluvia.file.Header;
import org.fluvia.file.Refused;
import org.fluvia.flows.FittedFlow;
import org.fluvia.flows.FlowSpec;
import org.fluvia.flows.LearnedFlow;
import org.fluvia.flows.Standardisation;
import org.fluvia.flows.TrainingRecord;
import org.fluvia.flows.Weights;
import org.fluvia.flows.check.Dimensions;
import org.fluvia.text.Shown;
import org.fluvia.text.Version;
import org.jspecify.annotations.Nullable;

/**
 * A learned flow with the names of its columns, and the file that holds it: recipe, weights, standardisation and training record. What is
 * read back gives the same bits. See docs/files.md for the format. Immutable and thread-safe.
 *
 * <p>Files may come from strangers. A recipe is looked up in the tables of flows and transformers, and made by the records there, which
 * check it; no class is named by a file, and nothing of it is run.
 *
 * <pre>{@code
 * FlowFile.of(flow).columns(List.of("height", "weight")).write(Path.of("people.fluvia"));
 * LearnedFlow again = FlowFile.read(Path.of("people.fluvia")).flow();
 * }</pre>
 *
 * @param columns the names of the elements of a point; empty if there are none
 * @param contextColumns the names of the elements of a context; empty if there are none
 * @param integerColumns those of the columns that are integers, to which noise that is uniform on [0, 1) was added: {@link
 *     org.fluvia.flows.Samples#dequantised}
 */
public record FlowFile(LearnedFlow flow, List<String> columns, List<String> contextColumns, List<String> integerColumns) {
    private static final String KIND = "flow";
    private static final String RECIPE = "recipe";
    private static final String WEIGHTS = "weights";
    private static final String DRAWS = "draws";
    private static final String LOG_DENSITIES = "log densities";
    /** Draws, with their log-densities, by which a reader knows that it has built the same flow: of each context that is tried. */
    private static final int TRIED = 4;
    private static final long SEED_OF_DRAWS = 1;
    /** What another version may be off, whose sums may have another order. */
    private static final double ROUNDING = 1e-6;

    public FlowFile {
        Dimensions.present("FlowFile", "flow", flow);
        columns = names("columns", columns, flow.dimension());
        contextColumns = names("contextColumns", contextColumns, flow.standardisation().contextMean().size());
        integerColumns = List.copyOf(Dimensions.present("FlowFile", "integerColumns", integerColumns));
        if (!columns.containsAll(integerColumns) || new HashSet<>(integerColumns).size() != integerColumns.size()) {
            throw new IllegalArgumentException("FlowFile: integerColumns must be some of the columns, " + Shown.list(columns) + ", but were "
                    + Shown.list(integerColumns));
        }
    }

    private static List<String> names(String argument, List<String> names, int needed) {
        List<String> copy = List.copyOf(Dimensions.present("FlowFile", argument, names));
        if (!copy.isEmpty() && (copy.size() != needed || new HashSet<>(copy).size() != needed)) {
            throw new IllegalArgumentException("FlowFile: " + argument + " must be " + needed + " different names, or none, but were "
                    + Shown.list(copy));
        }
        return copy;
    }

    /** Without names of columns. */
    public static FlowFile of(LearnedFlow flow) {
        return new FlowFile(flow, List.of(), List.of(), List.of());
    }

    /** With these names of the elements of a point. */
    public FlowFile columns(List<String> names) {
        return new FlowFile(flow, names, contextColumns, integerColumns);
    }

    /** With these names of the elements of a context. */
    public FlowFile contextColumns(List<String> names) {
        return new FlowFile(flow, columns, names, integerColumns);
    }

    /** With these of the columns being integers. */
    public FlowFile integerColumns(List<String> names) {
        return new FlowFile(flow, columns, contextColumns, names);
    }

    /**
     * Writes the file, which takes its name, and the place of an older one, when it is whole and on the disk.
     *
     * @throws IllegalArgumentException if a part of the recipe is of a class of your own
     * @throws IOException if it cannot be written; then there is no half of it
     */
    public void write(Path file) throws IOException {
        Dimensions.present("FlowFile", "file", file);
        Map<String, @Nullable Object> header = new LinkedHashMap<>();
        Tree tree = new Tree(flow.dimension());
        header.put("kind", KIND);
        header.put("version", Version.ours());
        header.put(RECIPE, tree.of(flow.spec()));
        header.put("columns", columns);
        header.put("context_columns", contextColumns);
        header.put("integer_columns", integerColumns);
        header.put("standardisation", tree.of(flow.standardisation()));
        header.put("training", tree.of(flow.record()));
        header.put(WEIGHTS, layout(flow));
        Map<String, double[]> sections = new LinkedHashMap<>();
        sections.put(WEIGHTS, flow.flow().weights());
        sections.putAll(tried(flow));
        checkLimits(header);
        new Frame(header, sections).write(file);
    }

    /**
     * Reads a file that {@link #write} made.
     *
     * @throws FlowFileException if it is damaged, cut short, newer than this version of Fluvia, or no flow; the message names it and says why
     */
    public static FlowFile read(Path file) throws IOException {
        Dimensions.present("FlowFile", "file", file);
        try {
            return read(Frame.read(file));
        } catch (Refused e) {
            throw new FlowFileException(Shown.text(file.toString()) + " cannot be read: " + e.getMessage() + ".");
        }
    }

    private static FlowFile read(Frame frame) throws Refused {
        Map<String, @Nullable Object> header = frame.header();
        String kind = Header.text(header.get("kind"), "kind");
        if (!kind.equals(KIND)) throw new Refused("it holds a " + Shown.text(kind) + " and no flow");
        double[] weights = section(frame, WEIGHTS);
        Standardisation standardisation = Tree.read(Standardisation.class, header.get("standardisation"), "standardisation", 1);
        int dimension = standardisation.mean().size();
        List<Map<String, Object>> layout = Limits.layout(Header.list(header.get(WEIGHTS), WEIGHTS), weights.length);
        Limits.check(header.get(RECIPE), dimension, weights.length, layout.size());
        FlowSpec spec = Tree.read(FlowSpec.class, header.get(RECIPE), RECIPE, dimension);
        TrainingRecord record = Tree.read(TrainingRecord.class, header.get("training"), "training", dimension);
        List<String> columns = Header.texts(header.get("columns"), "columns");
        List<String> contextColumns = Header.texts(header.get("context_columns"), "context_columns");
        List<String> integerColumns = Header.texts(header.get("integer_columns"), "integer_columns");
        String version = Header.text(header.get("version"), "version");
        try {
            LearnedFlow flow = LearnedFlow.of(spec, standardisation, weights, record);
            if (!layout(flow).equals(layout)) throw new Refused("its weights are not those of its recipe");
            checkTried(frame, flow, version);
            return new FlowFile(flow, columns, contextColumns, integerColumns);
        } catch (RuntimeException | OutOfMemoryError e) {
            throw new Refused("its flow cannot be built (" + Shown.text(String.valueOf(e.getMessage())) + ")");
        }
    }

    /** What could not be read back is not written. */
    private void checkLimits(Map<String, @Nullable Object> header) {
        Weights weights = flow.flow().flow().weights();
        try {
            Limits.check(header.get(RECIPE), flow.dimension(), weights.size(), weights.inputs().size());
        } catch (Refused e) {
            throw new IllegalArgumentException("FlowFile: flow must be one that can be read back, but " + e.getMessage()
                    + ". Widths of networks that are not used can be smaller.", e);
        }
    }

    private static double[] section(Frame frame, String name) throws Refused {
        double[] values = frame.sections().get(name);
        if (values == null) throw new Refused("it has no section " + name);
        return values;
    }

    /** Names and shapes of the inputs that take weights, in order. */
    private static List<Map<String, Object>> layout(LearnedFlow flow) {
        List<Map<String, Object>> layout = new ArrayList<>();
        for (Expr input : flow.flow().flow().weights().inputs()) {
            List<Long> shape = IntStream.of(input.shape().dims()).asLongStream().boxed().toList();
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("name", input.name());
            one.put("shape", shape);
            layout.add(one);
        }
        return layout;
    }

    /** Draws of the flow and their log-densities; of a conditional one at the mean of contexts, and a standard deviation off. */
    private static Map<String, double[]> tried(LearnedFlow flow) {
        Standardisation s = flow.standardisation();
        int contexts = s.contextMean().isEmpty() ? 1 : 2;
        double[] draws = new double[0];
        double[] logDensities = new double[0];
        for (int k = 0; k < contexts; k++) {
            int off = k;
            FittedFlow given = s.contextMean().isEmpty() ? flow.flow() : flow.conditional(IntStream.range(0, s.contextMean().size())
                    .mapToDouble(i -> s.contextMean().get(i) + off * s.contextSd().get(i)).toArray());
            DMatrixRMaj some = given.sample(TRIED, SEED_OF_DRAWS);
            draws = joined(draws, Arrays.copyOf(some.data, some.getNumElements()));
            logDensities = joined(logDensities, given.logDensity(some));
        }
        Map<String, double[]> tried = new LinkedHashMap<>();
        tried.put(DRAWS, draws);
        tried.put(LOG_DENSITIES, logDensities);
        return tried;
    }

    private static double[] joined(double[] a, double[] b) {
        double[] all = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        return all;
    }

    private static void checkTried(Frame frame, LearnedFlow flow, String version) throws Refused {
        double off = version.equals(Version.ours()) ? 0 : ROUNDING;
        for (Map.Entry<String, double[]> now : tried(flow).entrySet()) {
            double[] then = section(frame, now.getKey());
            boolean same = then.length == now.getValue().length;
            for (int i = 0; same && i < then.length; i++) {
                double a = then[i];
                double b = now.getValue()[i];
                same = Double.compare(a, b) == 0 || Math.abs(a - b) <= off * (1 + Math.abs(a));
            }
            if (!same) {
                throw new Refused("its " + now.getKey() + " come out otherwise than when it was written, by Fluvia " + Shown.text(version)
                        + ": this version, " + Version.ours() + ", builds another flow of its recipe");
            }
        }
    }
}
