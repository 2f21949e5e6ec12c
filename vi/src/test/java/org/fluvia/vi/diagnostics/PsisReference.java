package org.fluvia.vi.diagnostics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One file of src/test/resources/.../psis, written by generate.py beside it from ArviZ and mpmath. */
public record PsisReference(Map<String, Double> header, double[] ratios, double[] weights) {

    /** All files; ParetoSmoothedWeightsTest checks that none is missing here. */
    public static final List<String> NAMES = List.of(
            "impossible", "lognormal", "lognormal_shifted", "normal_by_t", "pareto_0.1", "pareto_0.5", "pareto_0.7", "pareto_1.2",
            "random", "smallest", "t_by_normal", "ties", "wide_by_narrow", "wide_range");

    public static PsisReference read(String name) {
        Map<String, Double> header = new HashMap<>();
        double[] ratios = new double[10_000];
        double[] weights = new double[10_000];
        int n = 0;
        for (String line : lines("psis/" + name + ".txt")) {
            String[] words = line.split(" ");
            if (line.startsWith("#") || line.startsWith("ratio")) {
                continue;
            }
            if (words.length == 3) {
                header.put(words[0], number(words[2]));
            } else {
                ratios[n] = number(words[0]);
                weights[n++] = number(words[1]);
            }
        }
        return new PsisReference(header, Arrays.copyOf(ratios, n), Arrays.copyOf(weights, n));
    }

    static List<String> lines(String resource) {
        try (InputStream in = PsisReference.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static double number(String text) {
        return text.equals("-inf") ? Double.NEGATIVE_INFINITY : Double.parseDouble(text);
    }

    @Override
    public String toString() {
        return "ratios " + ratios.length + ", " + header;
    }

    /** Asserts that a number is the header's. */
    public void assertClose(String key, double ours) {
        double expected = header.get(key);
        assertEquals(expected, ours, 1e-12 * Math.max(1, Math.abs(expected)), key);
    }
}
