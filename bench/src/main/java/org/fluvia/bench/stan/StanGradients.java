package org.fluvia.bench.stan;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;
import org.fluvia.autodiff.Workers;
import org.fluvia.bench.ModelGradient;
import org.fluvia.model.BoundModel;
import org.fluvia.model.Data;
import org.fluvia.model.Model;
import org.fluvia.model.ModelSource;
import org.fluvia.stan.StanProgram;

/**
 * What the gradient of a Stan program costs, against that of the same model written by hand in Java: microseconds a draw, the least of many
 * short turns, and the ratio. What else runs on the machine makes turns longer, and none shorter.
 *
 * <pre>{@code
 * java -cp $(./fluvia class-path):bench/target/classes org.fluvia.bench.stan.StanGradients PROGRAM.stan MODEL.java DATA.json ...
 * }</pre>
 *
 * Three files for each row. Both run the same draws, in turns.
 */
public final class StanGradients {
    private static final int DRAWS = 64;
    private static final int TURNS = 60;
    private static final double NANOSECONDS_A_TURN = 4e6;

    private StanGradients() {}

    public static void main(String[] arguments) throws IOException, ReflectiveOperationException {
        if (arguments.length == 0 || arguments.length % 3 != 0) throw new IllegalArgumentException("arguments: PROGRAM.stan MODEL.java DATA.json ...");
        Path classes = Files.createTempDirectory("fluvia");
        try (Workers one = Workers.of(1)) {
            for (int i = 0; i < arguments.length; i += 3) {
                Data data = Data.json(Path.of(arguments[i + 2]));
                BoundModel program = StanProgram.read(Path.of(arguments[i])).model().bind(data);
                BoundModel model = compiled(Path.of(arguments[i + 1]), classes).bind(data);
                row(model.name(), ModelGradient.of(program, DRAWS, one), ModelGradient.of(model, DRAWS, one));
            }
        }
    }

    private static Model compiled(Path source, Path classes) throws IOException, ReflectiveOperationException {
        int failures = ToolProvider.getSystemJavaCompiler().run(null, null, null, "-proc:none", "-cp", System.getProperty("java.class.path"), "-d",
                classes.toString(), source.toString());
        if (failures != 0) throw new IllegalArgumentException(source + " does not compile");
        String name = String.valueOf(source.getFileName()).replaceFirst("\\.java$", "");
        try (URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            return Model.of((ModelSource) loader.loadClass(name).getDeclaredConstructor().newInstance());
        }
    }

    private static void row(String name, ModelGradient program, ModelGradient model) {
        int runs = 1;
        while (time(program, runs) < NANOSECONDS_A_TURN) runs *= 2;
        time(model, runs);
        double least = Double.POSITIVE_INFINITY;
        double leastByHand = Double.POSITIVE_INFINITY;
        for (int t = 0; t < TURNS; t++) {
            least = Math.min(least, time(program, runs));
            leastByHand = Math.min(leastByHand, time(model, runs));
        }
        double each = 1e3 * runs * DRAWS;
        System.out.printf("| %s | %.2f | %.2f | %.2f |%n", name, least / each, leastByHand / each, least / leastByHand);
    }

    private static double time(ModelGradient g, int runs) {
        long start = System.nanoTime();
        for (int i = 0; i < runs; i++) g.run();
        return System.nanoTime() - start;
    }
}
