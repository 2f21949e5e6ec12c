package org.fluvia.stan.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.fluvia.stan.tree.Type;
import org.jspecify.annotations.Nullable;

/** The functions of Stan's library with the types that they take: signatures.txt. */
final class Signatures {
    private static final Map<String, List<Signature>> TABLE = read();

    private Signatures() {}

    static boolean has(String name) {
        return TABLE.containsKey(name);
    }

    /** The type of the value of a call; null if the arguments do not fit. */
    static @Nullable Type result(String name, List<Type> arguments) {
        List<Signature> ways = TABLE.getOrDefault(name, List.of());
        for (boolean exactly : new boolean[] {true, false}) {
            for (Signature s : ways) {
                Type type = s.of(arguments, exactly);
                if (type != null) return type;
            }
        }
        return null;
    }

    private static Map<String, List<Signature>> read() {
        Map<String, List<Signature>> table = new HashMap<>();
        try (InputStream in = Objects.requireNonNull(Signatures.class.getResourceAsStream("signatures.txt"))) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", 0)) {
                if (!line.isBlank() && !line.startsWith("#")) read(line.trim(), table);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return table;
    }

    private static void read(String line, Map<String, List<Signature>> table) {
        String[] words = line.split("\\s+", 0);
        switch (words[0]) {
            case "each" -> add(table, words, Signature.plain("E", "E"));
            case "whole" -> add(table, words, Signature.plain("E", "same"));
            case "pair" -> add(table, words, pair(""));
            case "pairs" -> add(table, words, pair("whole"));
            case "density", "mass" -> distribution(words, table);
            default -> functions(line, words, table);
        }
    }

    private static Signature pair(String result) {
        return new Signature(Signature.Kind.PAIR, List.of(Pattern.of("E"), Pattern.of("E")), result);
    }

    private static void add(Map<String, List<Signature>> table, String[] words, Signature signature) {
        for (int i = 1; i < words.length; i++) add(table, words[i], signature);
    }

    private static void add(Map<String, List<Signature>> table, String name, Signature signature) {
        table.computeIfAbsent(name, n -> new ArrayList<>()).add(signature);
    }

    private static void functions(String line, String[] words, Map<String, List<Signature>> table) {
        int colon = line.indexOf(" : ");
        String[] names = colon < 0 ? new String[] {words[0]} : line.substring(0, colon).trim().split("\\s+", 0);
        String ways = colon < 0 ? line.substring(words[0].length()) : line.substring(colon + 3);
        for (String way : ways.split(" ; ", 0)) {
            String[] sides = (" " + way).split("->", 0);
            for (String name : names) add(table, name, Signature.plain(sides[0], sides[1].trim()));
        }
    }

    private static void distribution(String[] words, Map<String, List<Signature>> table) {
        String name = words[1];
        List<String> rest = List.of(words).subList(4, words.length);
        int rng = rest.indexOf("rng");
        String draws = rng < 0 ? "" : rest.get(rng + 1);
        boolean hasCdf = rest.contains("cdf");
        String parameters = " " + String.join(" ", rest.subList(0, hasCdf ? rest.indexOf("cdf") : rng < 0 ? rest.size() : rng));
        boolean isMass = words[0].equals("mass");
        Signature density = Signature.plain(words[2] + parameters, "r");
        for (String suffix : isMass ? List.of("_lpmf", "_lupmf", "_log") : List.of("_lpdf", "_lupdf", "_log")) add(table, name + suffix, density);
        if (hasCdf) {
            for (String suffix : List.of("_cdf", "_lcdf", "_lccdf", "_cdf_log", "_ccdf_log")) add(table, name + suffix, density);
        }
        if (draws.isEmpty()) return;
        boolean several = !parameters.trim().isEmpty() && parameters.trim().matches("[RI ]+");
        add(table, name + "_rng", new Signature(several ? Signature.Kind.DRAWS : Signature.Kind.PLAIN,
                Signature.patterns(parameters + (draws.equals("ai") ? " i" : "")), draws));
    }
}
