package org.fluvia.report;

import java.util.LinkedHashMap;
import java.util.Map;
import org.fluvia.report.json.JsonText;
import org.fluvia.vi.PosteriorDraws;

/** What the comments of a table of draws say of the fit, key to value. */
final class DrawComments {
    private DrawComments() {}

    /** To be added to. */
    static Map<String, String> of(PosteriorDraws posterior) {
        Map<String, String> comments = new LinkedHashMap<>();
        comments.put("fluvia_version", Version.ours());
        comments.put("model", posterior.modelName());
        comments.put("seed", Long.toString(posterior.seed()));
        comments.put("draws", Integer.toString(posterior.drawCount()));
        comments.put("verdict", posterior.verdict().name());
        comments.put("seconds", JsonText.decimal(milliseconds(posterior.seconds())));
        return comments;
    }

    /** Seconds rounded to milliseconds. */
    static double milliseconds(double seconds) {
        return StrictMath.rint(seconds * 1000) / 1000;
    }
}
