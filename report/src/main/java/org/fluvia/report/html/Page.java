package org.fluvia.report.html;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.fluvia.file.Sha256;

/**
 * A page of sections, whole in itself: style and script are in it, and it asks no network for anything. A browser that obeys its policy runs no other
 * script than that of this class, whatever the text in it.
 */
public final class Page {
    private record Section(String id, String heading, String html) {}

    private final String title;
    private final List<Section> sections = new ArrayList<>();

    /** @param title text */
    public Page(String title) {
        this.title = title;
    }

    /**
     * Adds a section; none where there is nothing in it.
     *
     * @param id of the address within the page
     * @param heading text
     */
    public Page section(String id, String heading, String html) {
        if (!html.isEmpty()) sections.add(new Section(id, heading, html));
        return this;
    }

    /** @param head what stands before the sections, HTML */
    public String document(String head) {
        String script = resource("report.js");
        StringBuilder b = new StringBuilder();
        b.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        b.append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-")
                .append(sha256(script)).append("'\">\n");
        b.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<link rel=\"icon\" href=\"data:,\">\n");
        b.append("<title>").append(Html.text(title)).append("</title>\n<style>\n").append(resource("report.css")).append("</style>\n</head>\n<body>\n");
        b.append("<header>\n<h1>").append(Html.text(title)).append("</h1>\n").append(head).append("<nav aria-label=\"Sections\"><ul>\n");
        for (Section s : sections) b.append("<li><a href=\"#").append(s.id).append("\">").append(Html.text(s.heading)).append("</a></li>\n");
        b.append("</ul></nav>\n</header>\n<main>\n");
        for (Section s : sections) {
            b.append("<section id=\"").append(s.id).append("\" aria-labelledby=\"h-").append(s.id).append("\">\n<h2 id=\"h-").append(s.id).append("\">")
                    .append(Html.text(s.heading)).append("</h2>\n").append(s.html).append("</section>\n");
        }
        return b.append("</main>\n<script>").append(script).append("</script>\n</body>\n</html>\n").toString();
    }

    private static String resource(String name) {
        try (InputStream in = Page.class.getResourceAsStream(name)) {
            if (in == null) throw new IllegalStateException("Page: " + name + " is not in the jar");
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(String text) {
        return Base64.getEncoder().encodeToString(Sha256.digest().digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
