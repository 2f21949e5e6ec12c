package org.fluvia.report.html;

import java.util.List;
import org.fluvia.plots.Picture;
import org.fluvia.plots.Plots;
import org.fluvia.vi.Progress;

/** The course of the fit. */
public final class CoursePart {
    private static final double WIDTH = 640;

    private CoursePart() {}

    /** @param events in order; nothing where no step has an ELBO */
    public static String of(List<Progress.Event> events) {
        if (events.stream().noneMatch(e -> !e.stage().equals(Progress.DONE) && Double.isFinite(e.elbo()))) return "";
        return "<h3>The course of the fit</h3>\n" + Html.figure(Picture.of(Plots.course("", events)).naturalWidth(WIDTH),
                "The ELBO at each step of the fit, by stage.", "The ELBO, a lower bound of the log evidence, at each step: it has come to rest where the line"
                + " is level at the right, but for noise.");
    }
}
