package org.fluvia.vi.draws;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.SharedValues;
import org.fluvia.autodiff.SplitMix;
import org.fluvia.autodiff.Workspace;
import org.fluvia.autodiff.analysis.NonFinite;
import org.fluvia.dist.ParameterChecks;
import org.fluvia.model.Conditional;
import org.jspecify.annotations.Nullable;

/** Evaluates expressions at given draws, some draws at a time, so that what is computed on the way needs little memory. Immutable. */
public final class AtDraws {
    /** Doubles of results that are held at a time. */
    private static final int CHUNK = 1 << 20;

    private final Map<Expr, Expr> replaced;
    private final Map<Expr, DMatrixRMaj> inputs;
    private final int draws;

    private AtDraws(Map<Expr, Expr> replaced, Map<Expr, DMatrixRMaj> inputs, int draws) {
        this.replaced = replaced;
        this.inputs = inputs;
        this.draws = draws;
    }

    /** At these values of an input per draw: elements x draws, not copied. */
    public static AtDraws of(Expr input, DMatrixRMaj values) {
        return new AtDraws(Map.of(), Map.of(input, values), values.numCols);
    }

    /** At so many draws of nothing yet. */
    public static AtDraws of(int draws) {
        return new AtDraws(Map.of(), Map.of(), draws);
    }

    /** With an expression taking given values, whatever it is made of: elements x draws, not copied. */
    public AtDraws with(Expr expression, DMatrixRMaj values) {
        Expr input = Expr.perDraw("given", expression.shape());
        Map<Expr, Expr> moreReplaced = new LinkedHashMap<>(replaced);
        moreReplaced.put(expression, input);
        Map<Expr, DMatrixRMaj> moreInputs = new LinkedHashMap<>(inputs);
        moreInputs.put(input, values);
        return new AtDraws(moreReplaced, moreInputs, draws);
    }

    /** The first of the draws alone. */
    public AtDraws first(int count) {
        return new AtDraws(replaced, inputs, count);
    }

    int count() {
        return draws;
    }

    /** An expression's values: elements x draws. */
    public DMatrixRMaj values(Expr expression) {
        int elements = expression.shape().size();
        DMatrixRMaj all = new DMatrixRMaj(elements, draws);
        inChunks(List.of(expression), (first, count, values) -> {
            for (int i = 0; i < elements; i++) {
                System.arraycopy(values.get(0).data, i * count, all.data, i * draws + first, count);
            }
        });
        return all;
    }

    /**
     * Values of a distribution.
     *
     * @param values elements x draws, NaN where there is none as a parameter is invalid
     * @param invalid the draws with an invalid parameter
     * @param reason why the first of them is
     */
    public record Sample(DMatrixRMaj values, int invalid, @Nullable String reason) {}

    /** One value of a distribution for each draw, from a generator for each draw. */
    public Sample sample(Conditional distribution, long seed) {
        int elements = distribution.shape().size();
        DMatrixRMaj all = new DMatrixRMaj(elements, draws);
        List<Expr> parameters = Expr.substitute(distribution.parameters(), replaced);
        List<Expr> differing = parameters.stream().filter(Expr::isPerDraw).toList();
        List<double[]> at = new ArrayList<>();
        for (Expr p : parameters) at.add(p.isPerDraw() ? new double[p.shape().size()] : SharedValues.of(p));
        ParameterChecks checks = ParameterChecks.of(distribution.distribution());
        int[] invalid = new int[1];
        String[] reason = new String[1];
        inChunks(differing, (first, count, values) -> {
            for (int j = 0; j < count; j++) {
                int next = 0;
                for (int k = 0; k < at.size(); k++) {
                    if (parameters.get(k).isPerDraw()) column(values.get(next++), j, at.get(k));
                }
                ParameterChecks.Drawn x = sample(checks, distribution, new SplittableRandom(SplitMix.at(seed, first + j)), at);
                if (x.invalid() != null && invalid[0]++ == 0) reason[0] = "draw " + (first + j + 1) + ": " + x.invalid();
                for (int i = 0; i < elements; i++) all.data[i * draws + first + j] = x.values()[i];
            }
        });
        return new Sample(all, invalid[0], reason[0]);
    }

    /**
     * NaN where a sampler refuses parameters that are not finite: then it is the draw that is wrong, and not the call. Distributions
     * that are not Fluvia's own have no checks.
     */
    private static ParameterChecks.Drawn sample(ParameterChecks checks, Conditional distribution, RandomGenerator random, List<double[]> parameters) {
        try {
            return checks.sample(random, distribution.shape(), parameters);
        } catch (IllegalArgumentException e) {
            if (parameters.stream().allMatch(p -> Arrays.stream(p).allMatch(Double::isFinite))) throw e;
            double[] nothing = new double[distribution.shape().size()];
            Arrays.fill(nothing, Double.NaN);
            return new ParameterChecks.Drawn(nothing, e.getMessage());
        }
    }

    /** Why a value is not finite at a draw, in words: see {@link NonFinite}; null if it is finite. */
    @Nullable String explain(Expr value, int draw) {
        Map<Expr, double[]> point = new LinkedHashMap<>();
        inputs.forEach((input, values) -> {
            double[] x = new double[values.numRows];
            column(values, draw, x);
            point.put(input, x);
        });
        return NonFinite.explain(Expr.substitute(List.of(value), replaced).get(0), point);
    }

    private static void column(DMatrixRMaj matrix, int column, double[] to) {
        for (int i = 0; i < to.length; i++) to[i] = matrix.data[i * matrix.numCols + column];
    }

    /** What is done with the values of some draws: each elements x count, overwritten afterwards. */
    @FunctionalInterface
    private interface Work {
        void on(int first, int count, List<DMatrixRMaj> values);
    }

    private void inChunks(List<Expr> expressions, Work work) {
        if (expressions.isEmpty()) {
            work.on(0, draws, List.of());
            return;
        }
        List<Expr> outputs = Expr.substitute(expressions, replaced).stream().map(Expr::repeatedOverDraws).toList();
        int elements = outputs.stream().mapToInt(x -> x.shape().size()).sum();
        int most = Math.max(1, Math.min(draws, CHUNK / Math.max(1, elements)));
        Workspace w = Program.of(outputs).workspace();
        for (int first = 0; first < draws; first += most) {
            int start = first;
            int count = Math.min(most, draws - first);
            inputs.forEach((input, values) -> w.set(input, (from, n, rows, x, offset, stride) -> {
                for (int i = 0; i < rows; i++) {
                    System.arraycopy(values.data, i * values.numCols + start + from, x, offset + i * stride, n);
                }
            }));
            w.run(count);
            work.on(first, count, outputs.stream().map(w::perDraw).toList());
        }
    }
}
