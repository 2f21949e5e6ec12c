package org.fluvia.vi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.SplitMix;
import org.fluvia.model.Quantity;
import org.fluvia.text.Shown;
import org.fluvia.vi.diagnostics.ParetoSmoothedWeights;
import org.fluvia.vi.diagnostics.Resampling;
import org.fluvia.vi.plan.FitPlan;
import org.fluvia.vi.predictive.Loo;
import org.fluvia.vi.recorded.RecordedPosterior;
import org.jspecify.annotations.Nullable;

/**
 * A posterior that was read from a file, without its model and data: the verdict, the draws with their densities, summaries, new draws of the
 * approximation and its density, with the bits that the fit itself gives. What needs the model is not there: predictions, log-likelihoods,
 * cross-validation that was not saved, and where the verdict is not RESAMPLED the model's log-density anywhere but at the draws. So new
 * draws are those of the approximation as it is, {@link #sample}, or are corrected by importance weights, {@link #resample}. Immutable and thread-safe.
 */
public final class SavedPosterior extends PosteriorDraws {
    private final About about;
    private final @Nullable RecordedPosterior recorded;
    private final @Nullable Loo loo;

    /**
     * What a file says besides.
     *
     * @param version of the Fluvia that fitted it
     * @param modelHash of the model's source, null if it was not known
     * @param supports of the parameters, in words; these are the first of the quantities
     * @param lacking why new draws have no values of some quantities, by name
     */
    record About(String version, @Nullable String modelHash, String dataHash, List<String> warnings, List<String> notes, List<String> supports,
                 Map<String, String> lacking) {}

    SavedPosterior(Kept kept, About about, @Nullable RecordedPosterior recorded, @Nullable Loo loo) {
        super(kept);
        this.loo = loo;
        this.about = about;
        this.recorded = recorded;
    }

    /** The version of Fluvia that fitted it, such as "0.2.0". */
    public String version() {
        return about.version;
    }

    /** SHA-256 of the model's source, in hexadecimal digits; empty where a program fitted it and named none. */
    public Optional<String> modelHash() {
        return Optional.ofNullable(about.modelHash);
    }

    /** SHA-256 of the data, in hexadecimal digits: of the names, shapes and numbers, whatever file they came from. See docs/files.md. */
    public String dataHash() {
        return about.dataHash;
    }

    /** Leave-one-out cross-validation, where it was saved: {@code fluvia fit --loo}, {@link PosteriorFile#loo}. */
    public Optional<Loo> loo() {
        return Optional.ofNullable(loo);
    }

    @Override
    public List<String> warnings() {
        return about.warnings;
    }

    @Override
    public List<String> notes() {
        return about.notes;
    }

    /** Whether there can be new draws, and a density at a point; if not, {@link #lacking} says why. */
    public boolean canDraw() {
        return recorded != null;
    }

    /** Why new draws have no values of some quantities, which are NaN there, by name; of all quantities if there can be no new draws. */
    public Map<String, String> lacking() {
        return about.lacking;
    }

    /**
     * New draws of the approximation, not resampled: (elements in the order of {@link #names}) x n. The same seed gives the same draws, and
     * those of the posterior that was saved. They are the posterior's own where the verdict is {@link Verdict#PASS}; where it is
     * {@link Verdict#RESAMPLED} or {@link Verdict#EXACT} only the draws that were kept, {@link #draws()}, are corrected, by importance weights or Markov
     * chains, and those of {@link #resample}.
     *
     * @throws IllegalStateException if there can be none: see {@link #canDraw}
     */
    @Override
    public DMatrixRMaj sample(int n, long seed) {
        return newDraws(n, seed).values();
    }

    /**
     * New draws, as {@link #sample} has them, with their densities.
     *
     * @param values elements x draws, NaN where {@link #lacking} says that there are none
     * @param logApproximation the approximation's log-density at each draw, on the unconstrained scale
     */
    public record NewDraws(DMatrixRMaj values, double[] logApproximation) {}

    /** As {@link #sample}, with the approximation's log-density at each draw. */
    public NewDraws newDraws(int n, long seed) {
        if (n < 1) throw new IllegalArgumentException("sample: n must be at least 1, but was " + n);
        RecordedPosterior.Draws d = recorded().draw(n, seed);
        return new NewDraws(complete(d.values()), d.logApproximation());
    }

    /** With NaN for what is lacking. */
    private DMatrixRMaj complete(DMatrixRMaj drawn) {
        int n = drawn.numCols;
        DMatrixRMaj all = new DMatrixRMaj(names().size(), n);
        int from = 0;
        int row = 0;
        for (Quantity q : quantities()) {
            int size = q.shape().size() * n;
            if (about.lacking.containsKey(q.name())) {
                Arrays.fill(all.data, row, row + size, Double.NaN);
            } else {
                System.arraycopy(drawn.data, from, all.data, row, size);
                from += size;
            }
            row += size;
        }
        return all;
    }

    /** Whether new draws can be corrected by importance weights: see {@link #resample}. */
    public boolean canResample() {
        return recorded != null && recorded.knowsDensity();
    }

    /**
     * New draws that are corrected.
     *
     * @param logDensity the model's log-density at each draw, on the unconstrained scale
     * @param khat the shape of the tail of the importance ratios of the draws that they were chosen from: above 0.7 they are not to be trusted
     * @param ess the effective number of these
     */
    public record Resampled(NewDraws draws, double[] logDensity, double khat, double ess) {}

    /** How many draws of the approximation n draws are chosen from: see {@link #resample}. */
    public static int proposals(int n) {
        FitPlan.Proposing plan = FitPlan.standard().proposing();
        return Math.max(plan.least(), plan.forResampling(n));
    }

    /**
     * New draws of the posterior, where the verdict is {@link Verdict#RESAMPLED}: chosen from draws of the approximation, as many as
     * {@link #proposals} says, by Pareto-smoothed importance weights. The same seed gives the same draws.
     *
     * @throws IllegalStateException if there can be none: see {@link #canResample}
     */
    public Resampled resample(int n, long seed) {
        if (n < 1) throw new IllegalArgumentException("resample: n must be at least 1, but was " + n);
        int from = proposals(n);
        RecordedPosterior.Draws d = recorded().drawWithDensity(from, SplitMix.at(seed, 0));
        double[] ratios = new double[from];
        for (int j = 0; j < from; j++) {
            double ratio = d.logDensity()[j] - d.logApproximation()[j];
            ratios[j] = ratio < Double.POSITIVE_INFINITY ? ratio : Double.NEGATIVE_INFINITY;
        }
        ParetoSmoothedWeights weights = ParetoSmoothedWeights.of(ratios);
        int[] chosen = Resampling.systematic(weights.logWeights(), n, new SplittableRandom(SplitMix.at(seed, 1))::nextDouble);
        DMatrixRMaj all = complete(d.values());
        DMatrixRMaj values = new DMatrixRMaj(all.numRows, n);
        for (int i = 0; i < all.numRows; i++) {
            for (int j = 0; j < n; j++) values.set(i, j, all.get(i, chosen[j]));
        }
        double[] logApproximation = Arrays.stream(chosen).mapToDouble(j -> d.logApproximation()[j]).toArray();
        double[] logDensity = Arrays.stream(chosen).mapToDouble(j -> d.logDensity()[j]).toArray();
        return new Resampled(new NewDraws(values, logApproximation), logDensity, weights.khat(), weights.ess());
    }

    /**
     * The rows of some quantities.
     *
     * @param values elements of all quantities x draws
     * @param some of the quantities, in their order
     */
    public DMatrixRMaj rows(DMatrixRMaj values, List<Quantity> some) {
        DMatrixRMaj chosen = new DMatrixRMaj(some.stream().mapToInt(q -> q.shape().size()).sum(), values.numCols);
        int from = 0;
        int to = 0;
        for (Quantity q : quantities()) {
            int size = q.shape().size() * values.numCols;
            if (some.contains(q)) {
                System.arraycopy(values.data, from, chosen.data, to, size);
                to += size;
            }
            from += size;
        }
        return chosen;
    }

    @Override
    public List<Quantity> parameters() {
        return quantities().subList(0, about.supports.size());
    }

    /**
     * The log of the approximation's normalised density at constrained values of all parameters, so without a Jacobian.
     *
     * @throws IllegalArgumentException if a parameter is missing, of the wrong length, outside its support or on its boundary
     * @throws IllegalStateException if it is not known: see {@link #canDraw}
     */
    @Override
    public double logDensity(Map<String, double[]> point) {
        RecordedPosterior approximation = recorded();
        List<Quantity> parameters = parameters();
        List<String> names = parameters.stream().map(Quantity::name).toList();
        for (String name : point.keySet()) {
            if (!names.contains(name)) {
                throw new IllegalArgumentException("point: there is no parameter " + Shown.text(name) + "; there are " + Shown.list(names));
            }
        }
        List<double[]> values = new ArrayList<>();
        for (Quantity p : parameters) {
            double[] x = point.get(p.name());
            if (x == null) throw new IllegalArgumentException("point: parameter " + p.name() + " is missing; it has shape " + p.shape());
            if (x.length != p.shape().size()) {
                throw new IllegalArgumentException("point: parameter " + p.name() + " must have " + p.shape().size() + " values, but has " + x.length);
            }
            values.add(x);
        }
        RecordedPosterior.Density density = approximation.density(values);
        if (density.outside() >= 0) {
            throw new IllegalArgumentException("point: parameter " + names.get(density.outside()) + " must lie in its support, "
                    + about.supports.get(density.outside()));
        }
        if (!Double.isFinite(density.logDensity())) {
            throw new IllegalArgumentException("point: every parameter must lie inside its support and not on its boundary, nor so far out that"
                    + " its density is no number");
        }
        return density.logDensity();
    }

    private RecordedPosterior recorded() {
        if (recorded == null) {
            throw new IllegalStateException("SavedPosterior: there are no new draws and no density, only the draws that were kept: "
                    + about.lacking.values().stream().findFirst().orElse("the file has no program"));
        }
        return recorded;
    }
}
