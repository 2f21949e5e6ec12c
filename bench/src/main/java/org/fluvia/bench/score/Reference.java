package org.fluvia.bench.score;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import org.fluvia.cli.source.ModelFile;
import org.fluvia.model.Data;
import org.fluvia.vi.Fit;
import org.fluvia.vi.Posterior;

/**
 * Long runs of NUTS, to hold draws against: in the reference's sds, the worst error of a mean and the root of their mean square, the worst
 * relative error of an sd, and the worst distance of a margin (Wasserstein 1). Gold is what 4,000 perfect draws score; wrong is what is below
 * silver. A heavy-tailed column whose reference sd is itself uncertain by more than 3 % is judged by the others.
 */
record Reference(Map<String, double[]> draws) implements Truth {
    private static final Path EXAMPLES = Path.of("examples", "posteriordb", "index.json");
    private static final int QUANTILES = 2_000;

    /** A tier, and what no error of which is above. */
    private enum Tier {
        GOLD(0.05, 0.025, 0.045, 0.045), SILVER(0.10, 0.05, 0.08, 0.07), BRONZE(0.25, 0.15, 0.20, 0.20),
        NONE(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

        final double[] most;

        Tier(double... most) {
            this.most = most;
        }
    }

    /** The posteriors of posteriordb that are among the examples and have a folder with reference draws, NAME/draws.csv.gz. */
    static List<Target> posteriors(Path folder) throws IOException {
        List<Target> all = new ArrayList<>();
        Map<String, Object> index = Json.read(EXAMPLES);
        for (String name : index.keySet()) {
            Path file = folder.resolve(name).resolve("draws.csv.gz");
            if (!Files.exists(file)) continue;
            Map<String, Object> files = Json.inner(index, name);
            all.add(new Target("posteriordb", name, Target.Due.ANSWER, seed -> fit(String.valueOf(files.get("model")),
                    Path.of(String.valueOf(files.get("data"))), seed), () -> read(file)));
        }
        return all;
    }

    static Fit fit(String model, Path data, long seed) {
        try {
            return Fit.of(ModelFile.of(model).model()).data(Data.json(data)).seed(seed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Reference read(Path file) {
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            Data columns = Data.csv(in, file.toString());
            Map<String, double[]> all = new LinkedHashMap<>();
            for (String name : columns.names()) all.put(name, columns.values(name));
            return new Reference(all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Score score(Posterior posterior) {
        return score(posterior::draws);
    }

    /** @param named gives the draws of an element */
    Score score(Function<String, double[]> named) {
        double[] worst = new double[4];
        String[] where = {"", "", "", ""};
        double squares = 0;
        for (Map.Entry<String, double[]> column : draws.entrySet()) {
            double[] reference = column.getValue();
            double[] ours = named.apply(column.getKey());
            double mean = mean(reference);
            double sd = sd(reference);
            double kurtosis = Arrays.stream(reference).map(x -> Math.pow((x - mean) / sd, 4)).sum() / reference.length;
            boolean isSdKnown = 0.5 * Math.sqrt((kurtosis - 1) / reference.length) <= 0.03;
            double ofMean = (mean(ours) - mean) / sd;
            squares += ofMean * ofMean;
            double[] errors = {Math.abs(ofMean), 0, isSdKnown ? Math.abs(sd(ours) / sd - 1) : 0, distance(ours, reference) / sd};
            for (int k = 0; k < errors.length; k++) {
                // what is not a number is as wrong as can be
                double e = Double.isNaN(errors[k]) ? Double.POSITIVE_INFINITY : errors[k];
                if (e <= worst[k]) continue;
                worst[k] = e;
                where[k] = List.of("mean", "", "sd", "margin").get(k) + " of " + column.getKey();
            }
        }
        worst[1] = Double.isNaN(squares) ? Double.POSITIVE_INFINITY : Math.sqrt(squares / draws.size());
        Tier tier = Arrays.stream(Tier.values()).filter(t -> reaches(t, worst)).findFirst().orElseThrow();
        boolean right = tier == Tier.GOLD || tier == Tier.SILVER;
        return new Score(right ? Score.Right.YES : Score.Right.NO, worst[0], 100 * worst[2], worst[3], Double.NaN,
                String.join(", ", Arrays.stream(where).filter(w -> !w.isEmpty()).toList()), tier.name().toLowerCase(Locale.ROOT));
    }

    private static boolean reaches(Tier tier, double[] worst) {
        for (int k = 0; k < worst.length; k++) {
            if (worst[k] > tier.most[k]) return false;
        }
        return true;
    }

    private static double mean(double[] x) {
        return Arrays.stream(x).sum() / x.length;
    }

    private static double sd(double[] x) {
        double mean = mean(x);
        return Math.sqrt(Arrays.stream(x).map(v -> (v - mean) * (v - mean)).sum() / (x.length - 1));
    }

    /** The mean distance between quantiles. */
    private static double distance(double[] a, double[] b) {
        double[] x = a.clone();
        double[] y = b.clone();
        Arrays.sort(x);
        Arrays.sort(y);
        double sum = 0;
        for (int i = 0; i < QUANTILES; i++) sum += Math.abs(quantile(x, (i + 0.5) / QUANTILES) - quantile(y, (i + 0.5) / QUANTILES));
        return sum / QUANTILES;
    }

    private static double quantile(double[] sorted, double p) {
        double at = Math.min(Math.max(p * sorted.length - 0.5, 0), sorted.length - 1);
        int i = Math.min((int) at, sorted.length - 2);
        return sorted[i] + (at - i) * (sorted[i + 1] - sorted[i]);
    }
}
