package org.fluvia.bench.compare;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.fluvia.bench.BenchFlow;
import org.fluvia.flows.LearnedFlow;
import org.fluvia.flows.Learning;
import org.fluvia.flows.Samples;
import org.fluvia.report.json.JsonObject;

/** Fluvia's side of a {@link LearningContest}, in a JVM of its own: it is asked and answers as peer.py does, once. */
public final class Learner {
    private final Map<String, String> given = new HashMap<>();

    private Learner(String command) throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(command)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken().isScalarValue()) given.put(parser.currentName(), parser.getText());
            }
        }
    }

    public static void main(String[] args) throws IOException {
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.out.println(new Learner(commands.readLine()).learn().line());
    }

    private JsonObject learn() throws IOException {
        Samples training = samples("training");
        long begin = System.nanoTime();
        LearnedFlow flow = Learning.of(BenchFlow.valueOf(text("flow").toUpperCase(Locale.ROOT)).spec()).seed(whole("seed")).batch(whole("batch"))
                .epochs(whole("epochs")).patience(whole("patience")).validation(number("validation")).run(training);
        double seconds = (System.nanoTime() - begin) * 1e-9;
        return new JsonObject().numbers("log_density", flow.logDensity(samples("test"))).number("seconds", seconds)
                .whole("epochs", flow.record().epochs().size());
    }

    private Samples samples(String name) throws IOException {
        return Samples.ofRows(Exchange.samples(Path.of(text(name))), whole("dimension"));
    }

    private String text(String name) {
        String value = given.get(name);
        if (value == null) throw new IllegalArgumentException("bench: the command must have " + name);
        return value;
    }

    private int whole(String name) {
        return Integer.parseInt(text(name));
    }

    private double number(String name) {
        return Double.parseDouble(text(name));
    }
}
