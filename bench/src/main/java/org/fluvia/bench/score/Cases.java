package org.fluvia.bench.score;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.fluvia.vi.Posterior;

/** Folders with a model, NAME/NAME.java, its data, data.json, and means and sds of its parameters, truth.json: none where there is no posterior. */
final class Cases {
    private static final String KIND = "Cases";

    private Cases() {}

    static List<Target> of(Path folder) throws IOException {
        List<Target> all = new ArrayList<>();
        List<Path> folders;
        try (Stream<Path> files = Files.list(folder)) {
            folders = files.filter(f -> Files.exists(f.resolve("truth.json")) && Files.exists(f.resolve("data.json"))).sorted().toList();
        }
        for (Path f : folders) {
            String name = f.getFileName().toString();
            boolean isProper = !Json.inner(Json.read(f.resolve("truth.json")), "parameters").isEmpty();
            all.add(new Target(KIND, name, isProper ? Target.Due.ANSWER : Target.Due.REFUSAL,
                    seed -> Reference.fit(f.resolve(name + ".java").toString(), f.resolve("data.json"), seed), () -> truth(f)));
        }
        return all;
    }

    private static Truth truth(Path folder) {
        Map<String, Object> parameters;
        try {
            parameters = Json.inner(Json.read(folder.resolve("truth.json")), "parameters");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (parameters.isEmpty()) return posterior -> Score.OF_NOTHING;
        Map<String, Margin> margins = new LinkedHashMap<>();
        for (String name : parameters.keySet()) {
            Map<String, Object> known = Json.inner(parameters, name);
            margins.put(name, Margin.moments((Double) known.get("mean"), (Double) known.get("sd")));
        }
        return posterior -> score(margins, posterior);
    }

    /** By what of it the model reports. */
    private static Score score(Map<String, Margin> margins, Posterior posterior) {
        List<Exact.Compared> all = new ArrayList<>();
        for (String name : posterior.names()) {
            Margin known = margins.get(name);
            if (known != null) all.add(new Exact.Compared(List.of(posterior.draws(name)), List.of(known), List.of(name)));
        }
        if (all.isEmpty()) throw new IllegalStateException("bench: the model has none of the parameters that are known: " + margins.keySet());
        return new Exact(Map.of(), Double.NaN).score(all, posterior);
    }
}
