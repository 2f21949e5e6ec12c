package org.fluvia.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.fluvia.autodiff.NormalNoise;
import org.fluvia.autodiff.Shape;
import org.fluvia.model.Data;

/** The data of the models: small ones from the examples, designs of thousands of rows made from a seed. */
final class BenchData {
    /** posteriordb's diamonds, if somebody has put them there: used in the place of a made design of the same shape. */
    private static final Path DIAMONDS = Path.of("bench", "data", "diamonds.json");

    private BenchData() {}

    static Data eightSchools() {
        return Data.empty().with("J", 8).with("y", 28, 8, -3, 7, -1, 1, 18, 12).with("sigma", 15, 10, 16, 11, 9, 11, 10, 18);
    }

    /** y, X (N x 8), and design: X after a column of ones. */
    static Data nes1972() {
        Data raw = read(Path.of("examples", "posteriordb", "data", "nes1972.json"));
        double[] age = raw.values("age_discrete");
        int n = age.length;
        String[] columns = {"real_ideo", "race_adj", null, null, null, "educ1", "gender", "income"};
        double[] x = new double[n * 8];
        for (int k = 0; k < 8; k++) {
            double[] column = columns[k] == null ? null : raw.values(columns[k]);
            for (int i = 0; i < n; i++) x[i * 8 + k] = column != null ? column[i] : age[i] == k ? 1 : 0;
        }
        double[] design = new double[n * 9];
        for (int i = 0; i < n; i++) {
            design[i * 9] = 1;
            System.arraycopy(x, i * 8, design, i * 9 + 1, 8);
        }
        return Data.empty().with("N", n).with("y", raw.values("partyid7")).with("X", Shape.of(n, 8), x)
                .with("design", Shape.of(n, 9), design);
    }

    /** y and X (5000 x 24), centred. */
    static Data diamonds() {
        int n = 5000;
        int k = 24;
        double[] x;
        double[] y;
        if (Files.exists(DIAMONDS)) {
            Data raw = read(DIAMONDS);
            double[] withOnes = raw.values("X");
            x = new double[n * k];
            for (int i = 0; i < n; i++) System.arraycopy(withOnes, i * (k + 1) + 1, x, i * k, k);
            y = raw.values("Y");
        } else {
            x = normal(11, n * k);
            y = normal(12, n);
            for (int i = 0; i < n; i++) {
                double mean = 8;
                for (int j = k - 1; j > 0; j--) x[i * k + j] = 0.6 * x[i * k + j] + 0.4 * x[i * k + j - 1];
                for (int j = 0; j < k; j++) mean += x[i * k + j] / (j + 1);
                y[i] = mean + 0.2 * y[i];
            }
        }
        return Data.empty().with("N", n).with("K", k).with("y", y).with("X", Shape.of(n, k), centred(x, n, k));
    }

    static String diamondsSource() {
        return Files.exists(DIAMONDS) ? "posteriordb's data" : "a made design of the same shape";
    }

    /** y counts and X (2000 x 10). */
    static Data poisson() {
        int n = 2000;
        int k = 10;
        double[] x = normal(21, n * k);
        SplittableRandom random = new SplittableRandom(22);
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            double eta = 1;
            for (int j = 0; j < k; j++) {
                x[i * k + j] *= 0.5;
                eta += (j % 2 == 0 ? 0.3 : -0.2) * x[i * k + j];
            }
            // the number of arrivals in a unit of time
            double time = -StrictMath.log(1 - random.nextDouble());
            while (time < StrictMath.exp(eta)) {
                y[i]++;
                time -= StrictMath.log(1 - random.nextDouble());
            }
        }
        return Data.empty().with("N", n).with("K", k).with("y", y).with("X", Shape.of(n, k), x);
    }

    private static double[] centred(double[] x, int n, int k) {
        for (int j = 0; j < k; j++) {
            double mean = 0;
            for (int i = 0; i < n; i++) mean += x[i * k + j] / n;
            for (int i = 0; i < n; i++) x[i * k + j] -= mean;
        }
        return x;
    }

    private static double[] normal(long seed, int n) {
        double[] z = new double[n];
        NormalNoise.of(seed).fill(0, n, 1, z, 0, n);
        return z;
    }

    private static Data read(Path file) {
        try {
            return Data.json(file);
        } catch (IOException e) {
            throw new UncheckedIOException("bench: " + file + " must be there. Start benchmarks in the project's folder.", e);
        }
    }
}
