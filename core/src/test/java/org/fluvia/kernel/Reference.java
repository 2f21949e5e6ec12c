package org.fluvia.kernel;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Lines of numbers beside the tests, made by the script of the same name. */
final class Reference {
    private Reference() {}

    static List<double[]> read(String file) {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                Reference.class.getResourceAsStream(file), StandardCharsets.US_ASCII))) {
            return in.lines().map(line -> Arrays.stream(line.split(" ")).mapToDouble(Reference::number).toArray())
                    .collect(Collectors.toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double number(String word) {
        return word.endsWith("inf") ? Double.parseDouble(word.replace("inf", "Infinity")) : Double.parseDouble(word);
    }

    /** The difference relative to what is expected; 0 where both are too small or large for that. */
    static double error(double expected, double actual) {
        boolean same = expected == actual || Math.abs(expected) < 1e-290 && Math.abs(actual) < 1e-290;
        return same ? 0 : Math.abs(actual - expected) / Math.abs(expected);
    }
}
