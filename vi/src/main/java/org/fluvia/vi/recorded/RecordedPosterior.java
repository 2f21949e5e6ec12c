package org.fluvia.vi.recorded;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.DrawSource;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.NormalNoise;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.Workspace;
import org.fluvia.autodiff.tape.Tape;
import org.fluvia.file.Refused;
import org.jspecify.annotations.Nullable;

/** An approximation that was read from a {@link PosteriorTape}: its draws and its density. Immutable and thread-safe. */
public final class RecordedPosterior {
    /** How far values may be from what their unconstrained ones come to: rounding, many times over. */
    private static final double ROUNDING = 1e-6;

    private final Expr noise;
    private final List<Expr> parameters;
    private final List<Expr> drawn;
    private final Expr logDrawDensity;
    private final List<Expr> roundTrips;
    private final Expr logDensity;
    private final @Nullable Expr logModelDensity;
    private final Program draws;
    private final @Nullable Program weighted;
    private final Program density;

    private RecordedPosterior(Tape.Read read, int parameterCount, int drawnCount, boolean withDensity) {
        noise = read.inputs().get(0);
        parameters = read.inputs().subList(1, read.inputs().size());
        List<Expr> outputs = read.outputs();
        drawn = outputs.subList(0, drawnCount);
        logDrawDensity = outputs.get(drawnCount);
        roundTrips = outputs.subList(drawnCount + 1, drawnCount + 1 + parameterCount);
        int end = drawnCount + 2 + parameterCount;
        logDensity = outputs.get(end - 1);
        logModelDensity = withDensity ? outputs.get(end) : null;
        draws = Program.of(outputs.subList(0, drawnCount + 1));
        density = Program.of(outputs.subList(drawnCount + 1, end));
        List<Expr> all = new ArrayList<>(outputs.subList(0, drawnCount + 1));
        if (logModelDensity != null) all.add(logModelDensity);
        weighted = logModelDensity == null ? null : Program.of(all);
    }

    /**
     * What a tape says, which is not trusted.
     *
     * @param drawn shapes of what new draws have, the parameters first
     * @param parameters the number of these
     * @param withDensity whether new draws have the model's log-density
     * @param elements that all values of the tape together may have
     * @throws Refused if it is no such tape
     */
    public static RecordedPosterior of(Tape tape, List<Shape> drawn, int parameters, boolean withDensity, long elements) throws Refused {
        Tape.Read read = tape.read(elements);
        List<Expr> inputs = read.inputs();
        List<Shape> needed = new ArrayList<>(drawn);
        needed.add(Shape.scalar());
        needed.addAll(drawn.subList(0, parameters));
        needed.add(Shape.scalar());
        if (withDensity) needed.add(Shape.scalar());
        boolean fits = inputs.size() == parameters + 1 && read.outputs().stream().map(Expr::shape).toList().equals(needed)
                && inputs.subList(1, inputs.size()).stream().map(Expr::shape).toList().equals(drawn.subList(0, parameters))
                && inputs.stream().distinct().count() == inputs.size() && inputs.get(0).shape().rank() == 1
                && read.outputs().stream().allMatch(Expr::isPerDraw);
        if (!fits) throw new Refused("its program is not one of its parameters");
        try {
            RecordedPosterior made = new RecordedPosterior(read, parameters, drawn.size(), withDensity);
            boolean isOwn = made.draws.inputsPerDraw().stream().allMatch(made.noise::equals)
                    && (made.weighted == null || made.weighted.inputsPerDraw().stream().allMatch(made.noise::equals))
                    && made.density.inputsPerDraw().stream().allMatch(made.parameters::contains);
            if (!isOwn) throw new Refused("its program needs more than noise and parameters");
            return made;
        } catch (RuntimeException | OutOfMemoryError e) {
            throw new Refused("its program cannot be planned (" + e.getMessage() + ")");
        }
    }

    /**
     * Draws of the approximation.
     *
     * @param values elements of all that they have x draws
     * @param logApproximation log q of each, on the unconstrained scale
     * @param logDensity the model's of each, on the unconstrained scale; empty where it was not asked for
     */
    public record Draws(DMatrixRMaj values, double[] logApproximation, double[] logDensity) {}

    /** Whether new draws may have the model's log-density. */
    public boolean knowsDensity() {
        return weighted != null;
    }

    /** n draws: a function of the seed alone, and of its first draws if there are more. */
    public Draws draw(int n, long seed) {
        return draw(draws, null, n, seed);
    }

    /**
     * The same, with the model's log-density.
     *
     * @throws IllegalStateException if it is not known
     */
    public Draws drawWithDensity(int n, long seed) {
        if (weighted == null) throw new IllegalStateException("RecordedPosterior: the model's density is not known");
        return draw(weighted, logModelDensity, n, seed);
    }

    private Draws draw(Program program, @Nullable Expr logModel, int n, long seed) {
        Workspace w = program.workspace();
        w.set(noise, NormalNoise.of(seed));
        w.run(n);
        DMatrixRMaj values = new DMatrixRMaj(drawn.stream().mapToInt(x -> x.shape().size()).sum(), n);
        int row = 0;
        for (Expr x : drawn) {
            System.arraycopy(w.perDraw(x).data, 0, values.data, row * n, x.shape().size() * n);
            row += x.shape().size();
        }
        double[] logDensities = logModel == null ? new double[0] : Arrays.copyOf(w.perDraw(logModel).data, n);
        return new Draws(values, Arrays.copyOf(w.perDraw(logDrawDensity).data, n), logDensities);
    }

    /**
     * log q at constrained values, on the constrained scale.
     *
     * @param outside the first parameter whose value is outside its support, by its place; -1 if none is
     */
    public record Density(double logDensity, int outside) {}

    /** @param values the elements of each parameter, row-major */
    public Density density(List<double[]> values) {
        Workspace w = density.workspace();
        for (int i = 0; i < parameters.size(); i++) {
            double[] x = values.get(i);
            w.set(parameters.get(i), DrawSource.of(DMatrixRMaj.wrap(x.length, 1, x)));
        }
        w.run(1);
        for (int i = 0; i < parameters.size(); i++) {
            double[] again = w.perDraw(roundTrips.get(i)).data;
            double[] given = values.get(i);
            for (int k = 0; k < given.length; k++) {
                if (!(Math.abs(again[k] - given[k]) <= ROUNDING * (1 + Math.abs(given[k])))) return new Density(Double.NEGATIVE_INFINITY, i);
            }
        }
        return new Density(w.perDraw(logDensity).data[0], -1);
    }
}
