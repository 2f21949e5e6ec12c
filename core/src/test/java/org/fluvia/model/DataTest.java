package org.fluvia.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.fluvia.autodiff.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataTest {
    @TempDir
    Path folder;

    private Data read(String json) throws IOException {
        return Data.json(Files.writeString(folder.resolve("data.json"), json));
    }

    @Test
    void readsNumbersVectorsMatricesAndEmptyArrays() throws IOException {
        Data d = read("""
                {"J": 8, "x": -1.5e-3, "y": [1, 2.5, -3], "X": [[1, 2], [3, 4], [5, 6]], "none": [], "wide": [[], []],
                 "cube": [[[1, 2]], [[3, 4]]], "limits": ["Inf", "-Inf", "+Infinity", 0], "huge": [1e400, 123456789012345678901234567890]}
                """);
        assertEquals(List.of("J", "x", "y", "X", "none", "wide", "cube", "limits", "huge"), List.copyOf(d.names()));
        assertEquals(Shape.scalar(), d.shape("J"));
        assertEquals(-1.5e-3, d.values("x")[0]);
        assertEquals(Shape.of(3, 2), d.shape("X"));
        assertArrayEquals(new double[] {1, 2, 3, 4, 5, 6}, d.values("X"));
        assertEquals(Shape.of(0), d.shape("none"));
        assertEquals(Shape.of(2, 0), d.shape("wide"));
        assertEquals(Shape.of(2, 1, 2), d.shape("cube"));
        assertArrayEquals(new double[] {1 / 0., -1 / 0., 1 / 0., 0}, d.values("limits"));
        assertArrayEquals(new double[] {1 / 0., 123456789012345678901234567890d}, d.values("huge"));
    }

    @Test
    void readsBareNumbersThatAreNotFiniteAsPythonWritesThem() throws IOException {
        assertArrayEquals(new double[] {Double.NaN, 1 / 0., -1 / 0.}, read("{\"y\": [NaN, Infinity, -Infinity]}").values("y"));
    }

    @Test
    void saysWhatIsBrokenWithoutTheParsersOwnWords() {
        String message = assertThrows(ModelException.class, () -> read("{\"y\":[1,2")).getMessage();
        assertEquals("data: data.json is not valid JSON at line 1, column 10: Unexpected end-of-input: expected close marker for Array",
                message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"y": [1, 2}            | data: data.json is not valid JSON at line 1, column
            [1, 2]                  | data: data.json must be one JSON object
            {"y": [[1, 2], [3]]}    | data: data.json has arrays of different lengths or depths in y
            {"y": [1, [2]]}         | data: data.json has arrays of different lengths or depths in y
            {"y": [[1], 2]}         | data: data.json has arrays of different lengths or depths in y
            {"y": [[[]], [1]]}      | data: data.json has arrays of different lengths or depths in y
            {"y": "one"}            | data: data.json has "one" in y where a number must be
            {"y": null}             | data: data.json has null in y where a number must be
            {"y": [true]}           | data: data.json has true in y where a number must be
            {"y": {"a": 1}}         | data: data.json has { in y where a number must be
            {"y": 1, "y": 2}        | data: data.json is not valid JSON
            {"y": 1} {"z": 2}       | data: data.json must end after the object
            {"y": 1                 | data: data.json is not valid JSON
            {"y": [nan]}            | data: data.json is not valid JSON at line 1, column 8: Unrecognized token 'nan'
            {"y": [1,]}             | data: data.json is not valid JSON at line 1, column 10: Unexpected character (']' (code 93)): expected a valid value
            {"y": 1} // one         | data: data.json is not valid JSON at line 1, column 10: Unexpected character ('/' (code 47)): maybe a (non-standard) comment?
            ''                      | data: data.json must be one JSON object
            """)
    void refusesWhatIsNotDataNamingFileAndPlace(String json, String message) {
        String actual = assertThrows(ModelException.class, () -> read(json)).getMessage();
        assertTrue(actual.startsWith(message), actual);
        assertTrue(actual.contains("line 1") || actual.contains("line"), actual);
    }

    @Test
    void namesTheLineOfAMistakeInALongFile() {
        String actual = assertThrows(ModelException.class, () -> read("{\n\"a\": 1,\n\"b\": oops\n}")).getMessage();
        assertTrue(actual.contains("line 3"), actual);
    }

    @Test
    void refusesDeepNestingInsteadOfOverflowing() {
        String deep = "{\"y\": " + "[".repeat(100_000) + "]".repeat(100_000) + "}";
        assertThrows(ModelException.class, () -> read(deep));
    }

    @Test
    void manyNamesAreReadAsFastAsFew() throws IOException {
        String json = IntStream.range(0, 50_000).mapToObj(i -> "\"x" + i + "\": [1]").collect(Collectors.joining(",", "{", "}"));
        Data d = assertTimeout(Duration.ofSeconds(5), () -> read(json)); // 13 s and more where each copies those before it
        assertEquals(50_000, d.names().size());
    }

    @Test
    void aBuilderCollectsAndWhatItBuiltStays() {
        Data.Builder b = Data.builder().with("n", 3).with("y", new double[] {1, 2}).with("X", Shape.of(1, 2), 5, 6);
        Data first = b.build();
        assertEquals("the data: n scalar, y (2), X (1 x 2)", first.toString());
        assertEquals("the data: n scalar, y (2), X (1 x 2), z scalar", b.with("z", 1).build().toString());
        assertEquals("the data: n scalar, y (2), X (1 x 2)", first.toString());
        assertThrows(IllegalArgumentException.class, () -> b.with("y", Shape.of(2), 1));
    }

    @Test
    void limitsAreToldAndNotTheParsersOptions() {
        for (String json : List.of("{\"y\": " + "9".repeat(1_001) + "}", "{\"y\": \"" + "a".repeat(1_001) + "\"}", "{\"" + "a".repeat(1_001) + "\": 1}")) {
            String message = assertThrows(ModelException.class, () -> read(json)).getMessage();
            assertTrue(message.startsWith("data: data.json has a number of more than 400 characters, or a longer name or string than 1000"), message);
        }
    }

    @Test
    void aMissingFileIsAnIOException() {
        assertThrows(IOException.class, () -> Data.json(folder.resolve("nowhere.json")));
    }

    @Test
    void dataInCodeAreCopiedAndChecked() {
        double[] y = {1, 2, 3};
        Data d = Data.empty().with("y", y).with("n", 3).with("X", new double[][] {{1, 2}, {3, 4}}).with("i", new int[] {1, 2});
        y[0] = 99;
        assertArrayEquals(new double[] {1, 2, 3}, d.values("y"));
        assertEquals(Shape.of(2, 2), d.shape("X"));
        assertEquals("the data: y (3), n scalar, X (2 x 2), i (2)", d.toString());
        assertThrows(IllegalArgumentException.class, () -> d.with("X", new double[][] {{1, 2}, {3}}));
        assertEquals("data: the data has no variable z; it has y, n, X, i",
                assertThrows(ModelException.class, () -> d.values("z")).getMessage());
    }
}
