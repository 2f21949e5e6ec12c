package org.fluvia.report;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fluvia.model.Data;
import org.fluvia.report.html.ChecksPart;
import org.fluvia.report.html.CoursePart;
import org.fluvia.report.html.LooPart;
import org.fluvia.report.html.OriginPart;
import org.fluvia.report.html.Page;
import org.fluvia.report.html.ParametersPart;
import org.fluvia.report.html.VerdictPart;
import org.fluvia.vi.PosteriorDraws;
import org.fluvia.vi.Progress;
import org.fluvia.vi.SavedPosterior;
import org.fluvia.vi.predictive.Loo;
import org.fluvia.vi.predictive.LooPit;
import org.fluvia.vi.predictive.Predictions;
import org.jspecify.annotations.Nullable;

/**
 * A posterior as one page of HTML for people: the verdict in words and what to do next, the table of parameters, pictures, and what else it is given. The
 * page is whole in itself, asks no network for anything, and shows all names and texts as they are, whoever wrote them.
 *
 * <pre>{@code
 * HtmlReport.of(posterior).data(data).loo(posterior.loo()).predictions(posterior.predict(1, 200)).writeTo(Path.of("report.html"));
 * }</pre>
 */
public final class HtmlReport implements Document {
    private final PosteriorDraws posterior;
    private final Map<String, Predictions> predictions;
    private final @Nullable Loo loo;
    private final @Nullable LooPit pit;
    private final List<Progress.Event> course;
    private final @Nullable Data data;
    private final String source;
    private final String command;

    private HtmlReport(PosteriorDraws posterior, Map<String, Predictions> predictions, @Nullable Loo loo, @Nullable LooPit pit,
                       List<Progress.Event> course, @Nullable Data data, String source, String command) {
        this.posterior = posterior;
        this.predictions = predictions;
        this.loo = loo;
        this.pit = pit;
        this.course = course;
        this.data = data;
        this.source = source;
        this.command = command;
    }

    /** Of a posterior alone; of one that was saved with cross-validation, with that. */
    public static HtmlReport of(PosteriorDraws posterior) {
        Loo saved = posterior instanceof SavedPosterior s ? s.loo().orElse(null) : null;
        return new HtmlReport(posterior, Map.of(), saved, null, List.of(), null, "", "");
    }

    /**
     * With what the model predicts: replications of observed data are compared with the data.
     *
     * @param predictions by name, from {@code posterior.predict(seed, draws)}; 200 draws are enough
     */
    public HtmlReport predictions(Map<String, Predictions> predictions) {
        return new HtmlReport(posterior, Collections.unmodifiableMap(new LinkedHashMap<>(predictions)), loo, pit, course, data, source, command);
    }

    /** With cross-validation of this posterior. */
    public HtmlReport loo(Loo loo) {
        return new HtmlReport(posterior, predictions, loo, pit, course, data, source, command);
    }

    /** With where each observation lies in what is predicted of it from the others; shown beside cross-validation. */
    public HtmlReport looPit(LooPit pit) {
        return new HtmlReport(posterior, predictions, loo, pit, course, data, source, command);
    }

    /** With the course of the fit, as it was told: {@code Fit.of(model).progress(events::add)}. */
    public HtmlReport course(List<Progress.Event> events) {
        return new HtmlReport(posterior, predictions, loo, pit, List.copyOf(events), data, source, command);
    }

    /** With the names, shapes and ranges of the data. */
    public HtmlReport data(Data data) {
        return new HtmlReport(posterior, predictions, loo, pit, course, data, source, command);
    }

    /** With the source that the model was compiled from. */
    public HtmlReport modelSource(String text) {
        return new HtmlReport(posterior, predictions, loo, pit, course, data, text, command);
    }

    /** With the line for a shell that makes it again. */
    public HtmlReport command(String line) {
        return new HtmlReport(posterior, predictions, loo, pit, course, data, source, line);
    }

    @Override
    public void writeTo(Writer out) throws IOException {
        ChecksPart checks = new ChecksPart(predictions);
        Page page = new Page(posterior.modelName());
        page.section("verdict", "Verdict", VerdictPart.details(posterior, loo, checks.surprises()));
        page.section("parameters", "Parameters", ParametersPart.table(posterior));
        page.section("pictures", "Pictures", ParametersPart.pictures(posterior) + CoursePart.of(course));
        page.section("checks", "Predictions and data", checks.html());
        page.section("loo", "Cross-validation", loo == null ? "" : LooPart.of(loo, pit));
        page.section("model", "Model", source.isEmpty() ? "" : OriginPart.source(source));
        page.section("data", "Data", data == null ? "" : OriginPart.data(data));
        page.section("repeat", "How to repeat it", OriginPart.repeat(command, origin()));
        out.write(page.document(VerdictPart.head(posterior)));
    }

    /** Versions, seed and hashes, as far as they are known: name and text, one after the other. */
    private List<String> origin() {
        List<String> all = new ArrayList<>(List.of("seed", Long.toString(posterior.seed())));
        if (posterior instanceof SavedPosterior saved) {
            all.addAll(List.of("Fluvia", saved.version() + "; this page " + Version.ours(), "SHA-256 of the data", saved.dataHash()));
            saved.modelHash().ifPresent(hash -> all.addAll(List.of("SHA-256 of the model's source", hash)));
        } else {
            all.addAll(List.of("Fluvia", Version.ours()));
        }
        all.addAll(List.of("Java", Runtime.version() + ", " + System.getProperty("java.vm.vendor"), "machine", System.getProperty("os.name") + ", "
                + System.getProperty("os.arch")));
        return all;
    }
}
