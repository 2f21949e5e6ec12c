package org.fluvia.report;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Shape;
import org.fluvia.model.Dimension;
import org.fluvia.model.Quantity;
import org.fluvia.report.json.JsonObject;
import org.fluvia.report.json.JsonText;
import org.fluvia.report.json.NestedNumbers;
import org.fluvia.vi.Posterior;
import org.fluvia.vi.PosteriorDraws;
import org.fluvia.vi.SavedPosterior;
import org.fluvia.vi.predictive.ObservedData;
import org.fluvia.vi.predictive.Predictions;

/**
 * ArviZ's InferenceData as JSON, as {@code arviz.from_json} reads it: groups {@code posterior}, {@code sample_stats} (the model's log-density
 * {@code lp} and the approximation's {@code log_q}, both unconstrained), and where the posterior has its model {@code observed_data}; log-likelihoods and
 * replications where they are asked for. All draws are one chain. Coordinates are those of the model's dimensions. Numbers that are not finite
 * are {@code NaN}, {@code Infinity} and {@code -Infinity}, as Python writes and reads them and JSON itself does not have them.
 */
public final class ArvizJson implements Document {
    /** A variable of a group: elements x draws; one column is a value without chains and draws. */
    private record Variable(String name, Shape shape, DMatrixRMaj values) {}

    private final PosteriorDraws posterior;
    private final Map<String, List<Variable>> groups;
    private final Map<String, List<Dimension>> axes;

    private ArvizJson(PosteriorDraws posterior, Map<String, List<Variable>> groups, Map<String, List<Dimension>> axes) {
        this.posterior = posterior;
        this.groups = groups;
        this.axes = axes;
    }

    /** The draws that a fit kept. */
    public static ArvizJson of(PosteriorDraws posterior) {
        ArvizJson all = of(posterior, posterior.quantities(), posterior.draws());
        all.groups.put("sample_stats", List.of(ofEachDraw("lp", posterior.logDensity()), ofEachDraw("log_q", posterior.logApproximation())));
        if (!(posterior instanceof Posterior p) || p.observed().isEmpty()) return all;
        List<Variable> data = new ArrayList<>();
        for (ObservedData o : p.observedData()) {
            data.add(new Variable(o.name(), o.shape(), DMatrixRMaj.wrap(o.values().length, 1, o.values())));
            if (!o.axes().isEmpty()) all.axes.put(o.name(), o.axes());
        }
        all.groups.put("observed_data", data);
        return all;
    }

    /**
     * New draws, of which the model's log-density is not known.
     *
     * @param draws of this posterior
     */
    public static ArvizJson of(SavedPosterior posterior, SavedPosterior.NewDraws draws) {
        List<Quantity> there = posterior.quantities().stream().filter(q -> !posterior.lacking().containsKey(q.name())).toList();
        ArvizJson all = of(posterior, there, posterior.rows(draws.values(), there));
        all.groups.put("sample_stats", List.of(ofEachDraw("log_q", draws.logApproximation())));
        return all;
    }

    /**
     * New draws, corrected by importance weights.
     *
     * @param draws of this posterior
     */
    public static ArvizJson of(SavedPosterior posterior, SavedPosterior.Resampled draws) {
        ArvizJson all = of(posterior, draws.draws());
        all.groups.put("sample_stats", List.of(ofEachDraw("lp", draws.logDensity()), ofEachDraw("log_q", draws.draws().logApproximation())));
        return all;
    }

    private static ArvizJson of(PosteriorDraws posterior, List<Quantity> quantities, DMatrixRMaj values) {
        Map<String, List<Dimension>> axes = new LinkedHashMap<>();
        List<Variable> variables = new ArrayList<>();
        int row = 0;
        for (Quantity q : quantities) {
            int size = q.shape().size();
            DMatrixRMaj part = DMatrixRMaj.wrap(size, values.numCols, Arrays.copyOfRange(values.data, row * values.numCols, (row + size) * values.numCols));
            variables.add(new Variable(q.name(), q.shape(), part));
            if (!q.axes().isEmpty()) axes.put(q.name(), q.axes());
            row += size;
        }
        Map<String, List<Variable>> groups = new LinkedHashMap<>();
        groups.put("posterior", variables);
        return new ArvizJson(posterior, groups, axes);
    }

    private static Variable ofEachDraw(String name, double[] values) {
        return new Variable(name, Shape.scalar(), DMatrixRMaj.wrap(1, values.length, values));
    }

    /**
     * With the log-likelihood of each observation at each draw, the group {@code log_likelihood}: 8 bytes of memory and about 20 of the file for each.
     *
     * @throws IllegalArgumentException if the posterior was read from a file, or its model observes no data
     */
    public ArvizJson logLikelihoods() {
        if (!(posterior instanceof Posterior p) || p.observed().isEmpty()) {
            throw new IllegalArgumentException("ArvizJson: log-likelihoods need a model that observes data, but " + posterior.modelName()
                    + (posterior instanceof Posterior ? " observes none" : " was read from a file"));
        }
        List<Variable> all = new ArrayList<>();
        for (ObservedData o : p.observedData()) all.add(new Variable(o.name(), o.observations(), p.logLikelihood(o.name()).values()));
        return with("log_likelihood", all);
    }

    /**
     * With replications of observed data, the group {@code posterior_predictive}; what is predicted and not observed goes into {@code predictions}.
     *
     * @param predictions by name, from {@code posterior.predict(seed, draws)}
     */
    public ArvizJson predictions(Map<String, Predictions> predictions) {
        List<String> observed = posterior instanceof Posterior p ? p.observed() : List.of();
        List<Variable> replications = new ArrayList<>();
        List<Variable> others = new ArrayList<>();
        predictions.forEach((name, of) -> (observed.contains(name) ? replications : others).add(new Variable(name, of.shape(), of.draws())));
        ArvizJson all = this;
        if (!replications.isEmpty()) all = all.with("posterior_predictive", replications);
        return others.isEmpty() ? all : all.with("predictions", others);
    }

    private ArvizJson with(String group, List<Variable> variables) {
        Map<String, List<Variable>> more = new LinkedHashMap<>(groups);
        more.put(group, variables);
        return new ArvizJson(posterior, more, axes);
    }

    @Override
    public void writeTo(Writer out) throws IOException {
        out.write("{");
        for (Map.Entry<String, List<Variable>> group : groups.entrySet()) {
            out.write("\n" + JsonText.string(group.getKey()) + ": {");
            boolean isData = group.getKey().equals("observed_data");
            String between = "";
            for (Variable v : group.getValue()) {
                if (v.shape.size() == 0) continue; // xarray has no use for it
                out.write(between + "\n  " + JsonText.string(v.name) + ": " + (isData ? "" : "["));
                if (isData) NestedNumbers.writeOne(out, v.values, 0, v.shape, ArvizJson::number);
                else NestedNumbers.write(out, v.values, 0, v.shape, ArvizJson::number);
                if (!isData) out.write("]");
                between = ",";
            }
            out.write("\n},");
        }
        JsonObject coordinates = new JsonObject();
        JsonObject dims = new JsonObject();
        Map<String, Dimension> dimensions = new LinkedHashMap<>();
        axes.forEach((name, along) -> {
            dims.texts(name, along.stream().map(Dimension::name).toList());
            along.forEach(d -> dimensions.put(d.name(), d));
        });
        dimensions.values().forEach(d -> coordinates.texts(d.name(), d.entries()));
        JsonObject about = new JsonObject().text("model", posterior.modelName()).text("verdict", posterior.verdict().name())
                .text("inference_library", "fluvia").text("inference_library_version", Version.ours()).whole("seed", posterior.seed());
        out.write("\n\"coords\": " + coordinates.line() + ",\n\"dims\": " + dims.line() + ",\n\"posterior_attrs\": " + about.line() + "\n}\n");
    }

    /** As Python reads it. */
    private static String number(double x) {
        return JsonText.decimal(x);
    }
}
