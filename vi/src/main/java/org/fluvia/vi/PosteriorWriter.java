package org.fluvia.vi;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.fluvia.autodiff.Shape;
import org.fluvia.file.Frame;
import org.fluvia.file.Refused;
import org.fluvia.file.Sha256;
import org.fluvia.model.Data;
import org.fluvia.model.Dimension;
import org.fluvia.model.Quantity;
import org.fluvia.text.Version;
import org.fluvia.vi.diagnostics.Estimate;
import org.fluvia.vi.predictive.Loo;
import org.fluvia.vi.recorded.PosteriorTape;
import org.fluvia.vi.recorded.RecordedPosterior;
import org.jspecify.annotations.Nullable;

/** What a file of a posterior is made of. */
final class PosteriorWriter {
    static final String KIND = "posterior";
    static final String DRAWS = "draws";
    static final String LOG_DENSITY = "log density";
    static final String LOG_APPROXIMATION = "log approximation";
    static final String PROGRAM = "program";
    static final String TRIED = "tried";
    static final String LOO = "loo";
    /** New draws by which a reader knows that it has the same approximation. */
    static final int TRIES = 4;
    static final long SEED_OF_TRIES = 1;

    /** Elements that the values of any program may have together, 8 MiB for each draw of a tile. */
    private static final long FREE = 1 << 20;
    /** Elements that they may have for each number of the file. */
    private static final long FOR_EACH_NUMBER = 16;

    private final Posterior posterior;
    private final @Nullable String modelHash;
    private final @Nullable Loo loo;

    PosteriorWriter(Posterior posterior, @Nullable String modelHash, @Nullable Loo loo) {
        this.posterior = posterior;
        this.modelHash = modelHash;
        this.loo = loo;
    }

    /** Elements that the values of a program may have together in a file of so many numbers. */
    static long elements(long numbers) {
        return FREE + FOR_EACH_NUMBER * numbers;
    }

    Frame frame() {
        PosteriorDraws.Kept kept = posterior.kept();
        List<Quantity> quantities = posterior.quantities();
        int parameters = posterior.approximation().model().parameters().size();
        Map<String, double[]> sections = new LinkedHashMap<>();
        sections.put(DRAWS, posterior.draws().data);
        sections.put(LOG_DENSITY, kept.logDensity());
        sections.put(LOG_APPROXIMATION, kept.logApproximation());

        Map<String, @Nullable Object> header = new LinkedHashMap<>();
        header.put("kind", KIND);
        header.put("version", Version.ours());
        header.put("model", kept.modelName());
        header.put("model_sha256", modelHash);
        header.put("data_sha256", hash(posterior.approximation().model().data()));
        header.put("seed", kept.seed());
        header.put("seconds", kept.seconds());
        header.put("limit_hit", kept.limitHit().orElse(null));
        header.put("count", kept.draws().count());
        header.put("effective", kept.effectiveDraws());
        header.put("assessment", assessment(kept.assessment()));
        header.put("warnings", posterior.warnings());
        header.put("notes", posterior.notes());
        Map<String, Object> dimensions = new LinkedHashMap<>();
        for (Quantity q : quantities) q.axes().forEach(d -> dimensions.put(d.name(), d.entries()));
        header.put("dimensions", dimensions);
        header.put("quantities", quantities(quantities, posterior.approximation().model().supports()));
        header.put(LOO, loo == null ? null : LooSection.header(loo, posterior.observedData()));
        if (loo != null) sections.put(LOO, LooSection.numbers(loo));
        program(quantities, parameters, header, sections);
        return new Frame(header, sections);
    }

    /** The program, if there is one that can be read back. */
    private void program(List<Quantity> quantities, int parameters, Map<String, @Nullable Object> header, Map<String, double[]> sections) {
        header.put("weighted", false);
        if (posterior.verdict() == Verdict.RESAMPLED) {
            try {
                program(quantities, parameters, true, header, sections);
                return;
            } catch (Refused | RuntimeException e) {
                // code of the user's own, or more data than goes with the draws: new draws go without weights
            }
        }
        try {
            program(quantities, parameters, false, header, sections);
        } catch (Refused | RuntimeException e) { // a fit that took long is not to be lost for its program
            Map<String, String> lacking = new LinkedHashMap<>();
            for (Quantity q : quantities) lacking.put(q.name(), String.valueOf(e.getMessage()));
            header.put("operations", null);
            header.put("lacking", lacking);
        }
    }

    /** @param weighted whether new draws are to be weighted, by the model's log-density */
    private void program(List<Quantity> quantities, int parameters, boolean weighted, Map<String, @Nullable Object> header,
                         Map<String, double[]> sections) throws Refused {
        PosteriorTape made = PosteriorTape.of(posterior.approximation(), quantities, weighted);
        Map<String, double[]> with = new LinkedHashMap<>(sections);
        with.put(PROGRAM, made.tape().numbers());
        List<Shape> shapes = quantities.stream().filter(q -> made.drawn().contains(q.name())).map(Quantity::shape).toList();
        RecordedPosterior again = RecordedPosterior.of(made.tape(), shapes, parameters, weighted, elements(numbers(with)));
        double[] tried = tried(again, shapes.subList(0, parameters));
        header.put("weighted", weighted);
        header.put("operations", made.tape().operations());
        header.put("lacking", made.lacking());
        sections.put(PROGRAM, made.tape().numbers());
        sections.put(TRIED, tried);
    }

    static long numbers(Map<String, double[]> sections) {
        return sections.values().stream().mapToLong(s -> s.length).sum();
    }

    /** New draws; of each log q and log q at its parameters, and the model's log-density where it is known. */
    static double[] tried(RecordedPosterior approximation, List<Shape> parameters) {
        boolean weighted = approximation.knowsDensity();
        RecordedPosterior.Draws d = weighted ? approximation.drawWithDensity(TRIES, SEED_OF_TRIES) : approximation.draw(TRIES, SEED_OF_TRIES);
        List<Double> all = new ArrayList<>();
        for (double x : d.values().data) all.add(x);
        for (int j = 0; j < TRIES; j++) {
            all.add(d.logApproximation()[j]);
            List<double[]> point = new ArrayList<>();
            int row = 0;
            for (Shape shape : parameters) {
                int from = row;
                int draw = j;
                point.add(IntStream.range(0, shape.size()).mapToDouble(i -> d.values().get(from + i, draw)).toArray());
                row += shape.size();
            }
            all.add(approximation.density(point).logDensity());
            if (weighted) all.add(d.logDensity()[j]);
        }
        return all.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static List<Map<String, @Nullable Object>> quantities(List<Quantity> quantities, List<String> supports) {
        List<Map<String, @Nullable Object>> all = new ArrayList<>();
        for (Quantity q : quantities) {
            Map<String, @Nullable Object> one = new LinkedHashMap<>();
            one.put("name", q.name());
            one.put("shape", ShapeTree.of(q.shape()));
            one.put("support", all.size() < supports.size() ? supports.get(all.size()) : null);
            one.put("axes", q.axes().stream().map(Dimension::name).toList());
            all.add(one);
        }
        return all;
    }

    private static Map<String, @Nullable Object> assessment(Assessment a) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("verdict", a.verdict().name());
        all.put("reasons", a.reasons());
        all.put("khat", a.khat());
        all.put("ess", a.ess());
        all.put("proposals", a.proposals());
        all.put("elbo", estimate(a.elbo()));
        all.put("log_evidence", estimate(a.logEvidence()));
        all.put("not_finite", a.notFinite());
        all.put("rhat", a.rhat());
        return all;
    }

    private static Map<String, Object> estimate(Estimate e) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("value", e.value());
        all.put("standard_error", e.standardError());
        return all;
    }

    /** Of each variable in the order of names: its name in UTF-8 (after its length), rank and dimensions (4 bytes each), numbers (8). */
    private static String hash(Data data) {
        MessageDigest digest = Sha256.digest();
        try (DataOutputStream out = new DataOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), digest))) {
            for (String name : new TreeSet<>(data.names())) {
                out.writeUTF(name);
                out.writeInt(data.shape(name).rank());
                for (int dim : data.shape(name).dims()) out.writeInt(dim);
                for (double x : data.values(name)) out.writeDouble(x);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // nothing is written
        }
        return Sha256.hex(digest);
    }
}
