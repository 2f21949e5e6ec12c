package org.fluvia.bench;

import demos.ToyData;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.fluvia.autodiff.DrawSource;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.Workspace;
import org.fluvia.flows.Flow;
import org.fluvia.flows.FlowSpec;
import org.fluvia.flows.Flows;
import org.fluvia.flows.bijection.Inverse;
import org.fluvia.flows.conditioner.Activation;
import org.fluvia.flows.conditioner.Context;
import org.fluvia.flows.conditioner.Masked;
import org.fluvia.flows.conditioner.Mlp;
import org.fluvia.flows.layer.Autoregressive;
import org.fluvia.flows.transformer.Affine;
import org.jspecify.annotations.Nullable;

/** What is learned beside the peers, and beside the truth where that is known: the same rows for every side. */
public enum BenchSamples {
    EIGHT_GAUSSIANS(ToyData.EIGHT_GAUSSIANS),
    TWO_SPIRALS(ToyData.TWO_SPIRALS),
    CHEQUERBOARD(ToyData.CHEQUERBOARD),
    TWO_MOONS(ToyData.TWO_MOONS),
    /** Grey levels with noise that is uniform on [0, 1), the same noise for every side. */
    DIGITS("digits", 64, 1_437, 360, 24),
    COPULA_6("copula of gamma, t, log-normal and beta, 6-d", 6),
    COPULA_21("copula of gamma, t, log-normal and beta, 21-d", 21),
    MIXTURE_8("mixture of 10 normals, 8-d", 8),
    SERIES_10("nonlinear series, 10-d", 10);

    private static final long SEED = 1;
    private static final double LOG_SCALE_BOUND = 3;
    private static final int NORMALS = 10;

    private final String title;
    private final @Nullable ToyData toy;
    private final int dimension;
    private final int training;
    private final int test;
    private final int batch;

    BenchSamples(ToyData toy) {
        this(toy.title(), toy, 2, 20_000, 10_000, 256);
    }

    /** As many rows as HEPMASS has, whose 21 columns are among those that flows are published on (Papamakarios et al. 2017). */
    BenchSamples(String title, int dimension) {
        this(title, null, dimension, 300_000, 10_000, 256);
    }

    BenchSamples(String title, int dimension, int training, int test, int batch) {
        this(title, null, dimension, training, test, batch);
    }

    BenchSamples(String title, @Nullable ToyData toy, int dimension, int training, int test, int batch) {
        this.title = title;
        this.toy = toy;
        this.dimension = dimension;
        this.training = training;
        this.test = test;
        this.batch = batch;
    }

    /**
     * Rows to learn from, others to judge by, one after the other, and what is known of those.
     *
     * @param truth the log-density in nats of each row to judge by, empty where it is not known
     */
    public record Rows(double[] training, double[] test, double[] truth) {
        static Rows of(KnownDensity density, int training, int test) {
            KnownDensity.Drawn judged = density.draw(test, SEED + 1);
            return new Rows(density.draw(training, SEED).rows(), judged.rows(), judged.logDensity());
        }
    }

    public String title() {
        return title;
    }

    public int dimension() {
        return dimension;
    }

    /** Rows in a step, so that a pass through the data has about as many steps in each set. */
    public int batch() {
        return batch;
    }

    /** A flow that suits the samples: what is held against the truth. */
    public FlowSpec flow() {
        return switch (this) {
            case MIXTURE_8 -> Flows.mixture().components(NORMALS).flow(Flows.fullRank());
            case SERIES_10 -> BenchSamples::oneMaskedLayer;
            case COPULA_6, COPULA_21 -> Flows.triangularSpline().layers(3);
            default -> Flows.splineAutoregressive().hidden(64, 64);
        };
    }

    /** Affine, as the series is; units of SiLU learn its waves in half the steps that those of tanh take. */
    private static Flow oneMaskedLayer(int dimension, long seed, Context context) {
        Masked network = Masked.of(Mlp.of(256, 256).activation(Activation.silu()));
        return Flow.of(Inverse.of(Autoregressive.of(dimension, Affine.bounded(LOG_SCALE_BOUND), network, context, seed)));
    }

    /** Whether the density is known, so that there is a truth beside which to judge. */
    public boolean isKnown() {
        return this != DIGITS;
    }

    public Rows rows() throws IOException {
        return switch (this) {
            case EIGHT_GAUSSIANS, TWO_SPIRALS, CHEQUERBOARD, TWO_MOONS -> toy(Objects.requireNonNull(toy));
            case DIGITS -> digits();
            case COPULA_6, COPULA_21 -> Rows.of(KnownDensity.copula(dimension), training, test);
            case MIXTURE_8 -> Rows.of(KnownDensity.mixture(dimension, NORMALS), training, test);
            case SERIES_10 -> Rows.of(KnownDensity.nonlinearSeries(dimension), training, test);
        };
    }

    private Rows toy(ToyData data) {
        DMatrixRMaj judged = data.sample(test, SEED + 1);
        Expr x = Expr.perDraw("x", Shape.of(dimension));
        Expr logDensity = data.logDensity(x);
        Workspace workspace = Program.of(logDensity).workspace();
        workspace.set(x, DrawSource.of(judged));
        workspace.run(test);
        return new Rows(rows(data.sample(training, SEED)), rows(judged), Arrays.copyOf(workspace.perDraw(logDensity).data, test));
    }

    private static double[] rows(DMatrixRMaj columns) {
        return CommonOps_DDRM.transpose(columns, null).data;
    }

    /** The file ends with the images to judge by; its order is that of their collection, by writers. */
    private Rows digits() throws IOException {
        SplittableRandom random = new SplittableRandom(SEED);
        double[] rows = new double[(training + test) * dimension];
        Path file = Path.of("examples", "demos", "digits.csv.gz");
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.US_ASCII))) {
            for (int i = 0; i < training + test; i++) {
                String[] line = lines.readLine().split(",");
                for (int j = 0; j < dimension; j++) rows[i * dimension + j] = Integer.parseInt(line[j]) + random.nextDouble();
            }
        }
        int at = training * dimension;
        return new Rows(Arrays.copyOf(rows, at), Arrays.copyOfRange(rows, at, rows.length), new double[0]);
    }
}
