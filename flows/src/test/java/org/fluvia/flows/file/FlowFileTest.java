package org.fluvia.flows.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.NormalNoise;
import org.fluvia.flows.FittedFlow;
import org.fluvia.flows.FlowSpec;
import org.fluvia.flows.Flows;
import org.fluvia.flows.LearnedFlow;
import org.fluvia.flows.LogLikelihood;
import org.fluvia.flows.MonotoneAutoregressive;
import org.fluvia.flows.Standardisation;
import org.fluvia.flows.TrainingRecord;
import org.fluvia.flows.conditioner.Context;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Flows as files and back. */
class FlowFileTest {
    @TempDir
    private Path folder;

    static Stream<FlowSpec> recipes() {
        return Recipes.all().stream();
    }

    /** Of a recipe, as if it had been learned: weights away from where they begin. */
    static LearnedFlow learned(FlowSpec spec, int dimension, int context) {
        TrainingRecord record = new TrainingRecord(List.of(new TrainingRecord.Epoch(1, 50, -3.25, Double.NEGATIVE_INFINITY, 1e-3),
                new TrainingRecord.Epoch(2, 100, -3.125, -1e-300, 3e-4)), 2, new LogLikelihood(-3.1, 0.1, 17), TrainingRecord.Ending.TIME, 1.5, -7);
        Standardisation standardisation = new Standardisation(numbers(dimension, 0), numbers(dimension, 1), numbers(context, 2), numbers(context, 3));
        Context given = context == 0 ? Context.none() : Context.of(Expr.vector(new double[context]));
        double[] weights = spec.build(dimension, record.seed(), given).weights().initial();
        double[] noise = NormalNoise.of(3).values(weights.length);
        for (int i = 0; i < weights.length; i++) weights[i] += 0.1 * noise[i];
        return LearnedFlow.of(spec, standardisation, weights, record);
    }

    private static List<Double> numbers(int n, int k) {
        return IntStream.range(0, n).mapToObj(i -> k / 10.0 + 1 / (i + 3.0)).toList();
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void whatIsReadGivesTheSameBits(FlowSpec spec) throws IOException {
        boolean takesContext = !(spec instanceof MonotoneAutoregressive m && m.transformer().parameters().isEmpty());
        for (int context : takesContext ? new int[] {0, 2} : new int[] {0}) {
            LearnedFlow flow = learned(spec, Recipes.dimension(spec), context);
            Path file = folder.resolve("a.fluvia");
            FlowFile written = FlowFile.of(flow).columns(List.of("a\n", "\"\u00e9\"", "c", "d").subList(0, flow.dimension())).integerColumns(List.of("a\n"));
            written.write(file);
            FlowFile read = FlowFile.read(file);
            assertEquals(written.columns(), read.columns());
            assertEquals(written.integerColumns(), read.integerColumns());
            assertEquals(flow.record(), read.flow().record());
            assertEquals(flow.standardisation(), read.flow().standardisation());
            assertEquals(flow.spec().toString(), read.flow().spec().toString());
            assertArrayEquals(flow.flow().weights(), read.flow().flow().weights());
            FittedFlow a = context == 0 ? flow.flow() : flow.conditional(0.3, -0.4);
            FittedFlow b = context == 0 ? read.flow().flow() : read.flow().conditional(0.3, -0.4);
            DMatrixRMaj draws = a.sample(9, 5);
            assertArrayEquals(draws.data, b.sample(9, 5).data);
            assertArrayEquals(a.logDensity(draws), b.logDensity(draws));
            Path again = folder.resolve("b.fluvia");
            read.write(again);
            assertEquals(-1, Files.mismatch(file, again));
        }
    }

    @Test
    void aFileSaysWhatItIs() throws IOException {
        Path file = folder.resolve("a.fluvia");
        FlowFile.of(learned(Flows.diagonal(), 2, 1)).columns(List.of("x", "y")).contextColumns(List.of("z")).write(file);
        List<String> lines = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).lines().toList();
        assertEquals("Fluvia file, format 1, " + (Files.size(file) - lines.get(0).length() - 1) + " bytes follow", lines.get(0));
        String header = lines.get(1);
        assertTrue(header.startsWith("{\"kind\":\"flow\",\"version\":\"0."), header);
        assertTrue(header.contains("\"recipe\":{\"family\":\"diagonal\"},\"columns\":[\"x\",\"y\"],"
                + "\"context_columns\":[\"z\"],\"integer_columns\":[],\"standardisation\":{\"mean\":["), header);
        assertTrue(header.contains("\"heldOut\":\"-Infinity\""), header);
        assertTrue(header.contains("\"ending\":\"TIME\",\"seconds\":1.5,\"seed\":-7}"), header);
        try (Stream<Path> all = Files.list(folder)) {
            assertEquals(List.of(file), all.toList());
        }
    }

    @Test
    void anOlderFileStaysWhereTheNewOneCannotBeWritten() throws IOException {
        Path file = folder.resolve("a.fluvia");
        FlowFile.of(learned(Flows.diagonal(), 2, 0)).write(file);
        byte[] before = Files.readAllBytes(file);
        FlowSpec own = (dimension, seed, context) -> Flows.fullRank().build(dimension, seed, context);
        assertThrows(IllegalArgumentException.class, () -> FlowFile.of(learned(own, 2, 0)).write(file));
        FlowSpec wide = Flows.planar().layers(1).hidden(5000, 5000);
        String message = assertThrows(IllegalArgumentException.class, () -> FlowFile.of(learned(wide, 2, 0)).write(file)).getMessage();
        assertEquals("FlowFile: flow must be one that can be read back, but its recipe has hidden 5000, which does not go with the weights it has."
                + " Widths of networks that are not used can be smaller.", message);
        assertArrayEquals(before, Files.readAllBytes(file));
        assertThrows(IOException.class, () -> FlowFile.of(learned(Flows.diagonal(), 2, 0)).write(folder.resolve("none/a.fluvia")));
        assertThrows(IOException.class, () -> FlowFile.of(learned(Flows.diagonal(), 2, 0)).write(folder));
        try (Stream<Path> all = Files.list(folder)) {
            assertEquals(List.of(file), all.toList());
        }
    }

    @Test
    void badArgumentsAreNamed() {
        FlowFile file = FlowFile.of(learned(Flows.diagonal(), 2, 0));
        assertMessage("FlowFile: flow must not be null", () -> FlowFile.of(null));
        assertMessage("FlowFile: file must not be null", () -> file.write(null));
        assertMessage("FlowFile: columns must be 2 different names, or none, but were x", () -> file.columns(List.of("x")));
        assertMessage("FlowFile: columns must be 2 different names, or none, but were x, x", () -> file.columns(List.of("x", "x")));
        assertMessage("FlowFile: contextColumns must be 0 different names, or none, but were z", () -> file.contextColumns(List.of("z")));
        assertMessage("FlowFile: integerColumns must be some of the columns, x, y, but were z",
                () -> file.columns(List.of("x", "y")).integerColumns(List.of("z")));
    }

    private static void assertMessage(String expected, Executable e) {
        assertEquals(expected, assertThrows(IllegalArgumentException.class, e).getMessage());
    }
}
