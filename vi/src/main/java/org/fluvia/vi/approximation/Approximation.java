package org.fluvia.vi.approximation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.DrawSource;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.NormalNoise;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.Workers;
import org.fluvia.autodiff.Workspace;
import org.fluvia.flows.Flow;
import org.fluvia.model.BoundModel;
import org.fluvia.model.Quantity;
import org.fluvia.vi.budget.Budget;
import org.fluvia.vi.draws.Seeds;
import org.fluvia.vi.judge.Elbo;
import org.fluvia.vi.target.BrokenDraws;

/**
 * A fitted q: unconstrained z = mean + scale y with y from a flow, and the model that names the elements of z. Immutable.
 *
 * @param weights the flow's weights, not modified
 */
public record Approximation(BoundModel model, Gaussian whitening, Flow flow, double[] weights) {

    /**
     * Draws of the named quantities.
     *
     * @param z on the unconstrained scale, dimension x draws
     * @param values elements of all quantities x draws
     * @param logDensity the model's, unconstrained, for each draw
     * @param logApproximation q's, unconstrained, for each draw
     */
    public record Draws(DMatrixRMaj z, DMatrixRMaj values, double[] logDensity, double[] logApproximation) {}

    /**
     * Draws on the unconstrained scale.
     *
     * @param z dimension x draws
     * @param logStretch of the noise of each: see {@link Defence#logStretch}
     */
    public record Proposals(DMatrixRMaj z, double[] logDensity, double[] logApproximation, double[] logStretch) {
        public int count() {
            return z.numCols;
        }

        /** log p - log q of each draw; -infinity where it is NaN or +infinity, or the draw itself is not finite. */
        public double[] logRatios() {
            double[] ratios = new double[count()];
            for (int j = 0; j < ratios.length; j++) {
                ratios[j] = isProper(j) ? logDensity[j] - logApproximation[j] : Double.NEGATIVE_INFINITY;
            }
            return ratios;
        }

        /** log q - log m of each draw, where m is the mixture of q and its {@link Defence}. */
        public double[] logOwnShares() {
            double[] shares = new double[count()];
            for (int j = 0; j < shares.length; j++) shares[j] = -Defence.logMixture(logStretch[j]);
            return shares;
        }

        /** Whether a draw is finite and its ratio not NaN or +infinity. */
        private boolean isProper(int draw) {
            return logDensity[draw] - logApproximation[draw] < Double.POSITIVE_INFINITY && isFinite(draw);
        }

        /** The number of draws, of the first ones, whose log-density is NaN or plus infinity. */
        public int broken(int of) {
            int count = 0;
            for (int j = 0; j < of; j++) if (isBroken(j)) count++;
            return count;
        }

        /** The first of all draws whose log-density is. */
        public double[] firstBroken() {
            int j = 0;
            while (!isBroken(j)) j++;
            return draw(j);
        }

        /** The elements of a draw. */
        public double[] draw(int j) {
            double[] x = new double[z.numRows];
            for (int i = 0; i < x.length; i++) x[i] = z.get(i, j);
            return x;
        }

        /** Whether a draw is finite and its log-density is NaN or plus infinity. */
        public boolean isBroken(int draw) {
            return BrokenDraws.isBroken(logDensity[draw]) && isFinite(draw);
        }

        /** Whether all elements of a draw are finite. */
        private boolean isFinite(int draw) {
            for (int i = 0; i < z.numRows; i++) if (!Double.isFinite(z.get(i, draw))) return false;
            return true;
        }

        /** These and others behind them. */
        public Proposals with(Proposals more) {
            return joined(List.of(this, more));
        }

        /** Of one approximation, one behind the other; at least one. */
        static Proposals joined(List<Proposals> parts) {
            int dimension = parts.get(0).z.numRows;
            int n = parts.stream().mapToInt(Proposals::count).sum();
            Proposals all = new Proposals(new DMatrixRMaj(dimension, n), new double[n], new double[n], new double[n]);
            int at = 0;
            for (Proposals part : parts) {
                int count = part.count();
                for (int i = 0; i < dimension; i++) System.arraycopy(part.z.data, i * count, all.z.data, i * n + at, count);
                System.arraycopy(part.logDensity, 0, all.logDensity, at, count);
                System.arraycopy(part.logApproximation, 0, all.logApproximation, at, count);
                System.arraycopy(part.logStretch, 0, all.logStretch, at, count);
                at += count;
            }
            return all;
        }

        /** Chosen draws, in this order. */
        public Proposals chosen(int[] draws) {
            DMatrixRMaj some = new DMatrixRMaj(z.numRows, draws.length);
            for (int i = 0; i < z.numRows; i++) {
                for (int j = 0; j < draws.length; j++) some.set(i, j, z.get(i, draws[j]));
            }
            return new Proposals(some, chosen(logDensity, draws), chosen(logApproximation, draws), chosen(logStretch, draws));
        }

        private static double[] chosen(double[] from, int[] draws) {
            return Arrays.stream(draws).mapToDouble(j -> from[j]).toArray();
        }
    }

    public String modelName() {
        return model.name();
    }

    /** Parameters, then derived values. */
    public List<Quantity> quantities() {
        List<Quantity> all = new ArrayList<>(model.parameters());
        all.addAll(model.derived());
        return all;
    }

    /** n draws of q with both log-densities: a function of the seed alone, and of its first draws if there are more. */
    public Proposals propose(int n, long seed, Workers workers) {
        return new Evaluator(workers).draw(n, seed);
    }

    /** n draws of q, then of its {@link Defence}. */
    public Proposals proposeWithDefence(int n, Seeds seeds, Workers workers) {
        Evaluator evaluator = new Evaluator(workers);
        return evaluator.draw(n, seeds.proposals()).with(evaluator.at(evaluator.defensiveNoise(Defence.draws(n), seeds.defence())));
    }

    /** Makes points of noise. Belongs to one thread. */
    public final class Evaluator {
        private final Expr noise = Expr.perDraw("noise", Shape.of(model.dimension()));
        private final Defence defence = new Defence(whitening);
        private final Expr z;
        private final Expr logP;
        private final Expr logQ;
        private final Expr logStretch = defence.logStretch(noise);
        private final Workspace workspace;

        public Evaluator(Workers workers) {
            Flow.Draw y = flow.sample(noise);
            z = place(y.value());
            logQ = y.logDensity().minus(whitening.logDetScale());
            logP = Expr.substitute(List.of(model.logDensityUnconstrained()), Map.of(model.unconstrained(), z)).get(0);
            workspace = Program.of(z, logP, logQ, logStretch).workspace(workers);
            flow.weights().set(workspace, weights);
        }

        /**
         * Draws of q, or the first of them that there is time for.
         *
         * @throws org.fluvia.autodiff.Stopped if these are too few to be judged
         */
        public Proposals draw(int n, long seed, Budget budget) {
            return Proposing.within(budget, this, n, seed);
        }

        /** Draws of q. */
        public Proposals draw(int n, long seed) {
            return at(n, NormalNoise.of(seed));
        }

        /** The points that given noise makes (dimension x points), with both log-densities there. */
        public Proposals at(DMatrixRMaj given) {
            return at(given.numCols, DrawSource.of(given));
        }

        /** Noise of the defensive component. */
        public DMatrixRMaj defensiveNoise(int n, long seed) {
            return defence.noise(n, seed);
        }

        public Proposals at(int n, DrawSource source) {
            workspace.set(noise, source);
            workspace.run(n);
            return new Proposals(workspace.perDraw(z).copy(), Arrays.copyOf(workspace.perDraw(logP).data, n),
                    Arrays.copyOf(workspace.perDraw(logQ).data, n), Arrays.copyOf(workspace.perDraw(logStretch).data, n));
        }
    }

    /** All quantities at the first columns of z: elements x count. */
    public DMatrixRMaj values(DMatrixRMaj z, int count, Workers workers) {
        Expr all = Expr.concat(quantities().stream().map(Quantity::value).toArray(Expr[]::new)).repeatedOverDraws();
        Workspace w = Program.of(all).workspace(workers);
        w.set(model.unconstrained(), DrawSource.of(z));
        w.run(count);
        return w.perDraw(all);
    }

    /** The quantities at proposals. */
    public Draws describe(Proposals p, Workers workers) {
        return new Draws(p.z, values(p.z, p.count(), workers), p.logDensity, p.logApproximation);
    }

    /** The first parameters at an unconstrained vector, in words: "mu = 1.2, tau = 0.3, ...". */
    public String describe(double[] u) {
        DMatrixRMaj z = DMatrixRMaj.wrap(u.length, 1, u);
        DMatrixRMaj at = values(z, 1, Workers.none());
        List<String> words = new ArrayList<>();
        int row = 0;
        for (Quantity quantity : model.parameters()) {
            for (String name : quantity.elementNames()) {
                if (row < 4) words.add(String.format(Locale.ROOT, "%s = %.4g", name, at.get(row, 0)));
                row++;
            }
        }
        return String.join(", ", words) + (row > 4 ? ", ..." : "");
    }

    /** n draws of q as they are. */
    public Draws sample(int n, long seed) {
        try (Workers workers = Workers.none()) {
            return describe(propose(n, seed, workers), workers);
        }
    }

    /** q's log-density at constrained values of all parameters: on the constrained scale, so without the Jacobian. */
    public double logDensity(Map<String, double[]> point) {
        double[] u = model.unconstrain(point);
        Expr jacobian = model.logDensityUnconstrained().minus(model.logDensity());
        Workspace w = Program.of(jacobian).workspace();
        w.set(model.unconstrained(), DrawSource.of(DMatrixRMaj.wrap(u.length, 1, u)));
        w.run(1);
        return logDensityUnconstrained(u) - w.perDraw(jacobian).data[0];
    }

    /** q's log-density at an unconstrained vector. */
    public double logDensityUnconstrained(double[] u) {
        Expr y = Expr.perDraw("y", Shape.of(u.length));
        Expr logQ = flow.logDensity(y);
        Workspace w = Program.of(logQ).workspace();
        flow.weights().set(w, weights);
        w.set(y, DrawSource.of(DMatrixRMaj.wrap(u.length, 1, whitening.whiten(u))));
        w.run(1);
        return w.perDraw(logQ).data[0] - whitening.logDetScale();
    }

    private Expr place(Expr y) {
        int d = model.dimension();
        Expr scale = Expr.shared("scale", Shape.of(d, d), whitening.scale().data);
        Expr mean = Expr.shared("mean", Shape.of(d), whitening.mean());
        return scale.matmul(y).plus(mean);
    }

    /** z as an expression of the flow's noise, with log q along the path: see {@link Flow#pathSample}. */
    public Flow.Draw path(Expr noise) {
        Flow.Draw y = flow.pathSample(noise);
        return new Flow.Draw(place(y.value()), y.logDensity().minus(whitening.logDetScale()));
    }
}
