package org.fluvia.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Data from text, streams, CSV and Java's own collections. */
class DataSourcesTest {
    @TempDir
    Path folder;

    @Test
    void theSameDataFromTextAndAStreamAndAFile() throws IOException {
        String json = "{\"J\": 2, \"y\": [1, \"NaN\"]}";
        Path file = Files.writeString(folder.resolve("d.json"), json);
        for (Data d : List.of(Data.json(file), Data.jsonText(json), Data.json(stream(json), "there"))) {
            assertEquals(2, d.values("J")[0]);
            assertArrayEquals(new double[] {1, Double.NaN}, d.values("y"));
        }
        assertEquals("there: J scalar, y (2)", Data.json(stream(json), "there").toString());
        assertTrue(assertThrows(ModelException.class, () -> Data.jsonText("[")).getMessage().startsWith("data: the JSON text "));
    }

    private static ByteArrayInputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void columnsOfACsvAreVectors() throws IOException {
        String csv = "\ufeffy, \"sigma, known\" ,\"a \"\"q\"\"\"\r\n28,15,1e-3\r\n\r\n -3.5 ,\"10\",-Inf\r\n,NA,.5";
        Data d = Data.csvText(csv);
        assertEquals(List.of("y", "sigma, known", "a \"q\""), List.copyOf(d.names()));
        assertArrayEquals(new double[] {28, -3.5, Double.NaN}, d.values("y"));
        assertArrayEquals(new double[] {15, 10, Double.NaN}, d.values("sigma, known"));
        assertArrayEquals(new double[] {1e-3, Double.NEGATIVE_INFINITY, .5}, d.values("a \"q\""));
        Path file = Files.writeString(folder.resolve("d.csv"), csv);
        assertEquals("d.csv: y (3)", Data.csv(file, "y").toString());
        assertEquals("d.csv: y (3)", Data.csv(Files.newInputStream(file), "d.csv", "y").toString());
        assertEquals("the CSV text: a (0), b (0)", Data.csvText("a,b\n").toString());
    }

    @Test
    void columnsOfTextAreLeftOutByNamingTheOthers() {
        String csv = "school,y,\nA,28,1\nB,8,2\n";
        assertArrayEquals(new double[] {28, 8}, Data.csvText(csv, "y").values("y"));
        assertEquals("data: the CSV text has no column x; it has school, y, ",
                assertThrows(ModelException.class, () -> Data.csvText(csv, "x")).getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                  | must have a header, the names of its columns, but is empty
            'a,a;1,2'           | has two columns named a (line 1)
            ',a;1,2'            | has no name for column 1. Name it, or leave it out: index=False in pandas, row.names=FALSE in R (line 1)
            'a,b;1,2;3'         | has 1 values where the header has 2 names (line 3)
            'a;1,2'             | has 2 values where the header has 1 names (line 2)
            'a;"1'              | has a quoted value that does not end (line 2)
            'a;"1"2'            | has text after a quoted value (line 2)
            'a,b;1,2;;1,x'      | has "x" in column b where a number must be (or NA). Name the columns to read, or give categories numbers from 1 (line 4)
            'a;1d'              | has "1d" in column a where a number must be (or NA). Name the columns to read, or give categories numbers from 1 (line 2)
            'a;1-1'             | has "1-1" in column a where a number must be (or NA). Name the columns to read, or give categories numbers from 1 (line 2)
            'a;TRUE'            | has "TRUE" in column a where a number must be (or NA). Name the columns to read, or give categories numbers from 1 (line 2)
            """)
    void whatIsNoTableOfNumbersIsRefusedWithItsLine(String csv, String message) {
        assertEquals("data: the CSV text " + message,
                assertThrows(ModelException.class, () -> Data.csvText(csv.replace(';', '\n'))).getMessage());
    }

    @Test
    void aLongValueAndOtherBytesAreRefused() {
        assertEquals("data: the CSV text has a value of more than 1000 characters (line 2)",
                assertThrows(ModelException.class, () -> Data.csvText("a\n" + "1".repeat(5000))).getMessage());
        assertThrows(ModelException.class, () -> Data.csv(new ByteArrayInputStream(new byte[] {'a', '\n', (byte) 0xe4}), "latin"));
    }

    @Test
    void javasOwnValuesAreData() {
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put("N", 3L);
        variables.put("y", List.of(1.5, 2, 4f));
        variables.put("X", new double[][] {{1, 2}, {3, 4}, {5, 6}});
        variables.put("cube", List.of(List.of(new int[] {1, 2}), List.of(new int[] {3, 4})));
        variables.put("none", new double[0]);
        variables.put("wide", List.of(List.of(), List.of()));
        Data d = Data.of(variables);
        assertEquals("the data: N scalar, y (3), X (3 x 2), cube (2 x 1 x 2), none (0), wide (2 x 0)", d.toString());
        assertArrayEquals(new double[] {1, 2, 3, 4, 5, 6}, d.values("X"));
        assertArrayEquals(new double[] {1, 2, 3, 4}, d.values("cube"));
        for (Object ragged : List.of(List.of(1, List.of(2)), List.of(List.of(1), 2), List.of(List.of(1), List.of(1, 2)),
                new double[][] {{}, {1}})) {
            assertEquals("data: z has arrays of different lengths or depths; a rectangular array is needed",
                    assertThrows(IllegalArgumentException.class, () -> Data.of(Map.of("z", ragged))).getMessage());
        }
        assertEquals("data: z must be a number, or an array or a collection of numbers, but has a java.lang.String in it",
                assertThrows(IllegalArgumentException.class, () -> Data.of(Map.of("z", List.of(1, "2")))).getMessage());
        String missing = assertThrows(IllegalArgumentException.class, () -> Data.of(Map.of("z", Arrays.asList(1, null)))).getMessage();
        assertTrue(missing.endsWith("but has null in it; a missing value is NaN"), missing);
    }
}
