package org.fluvia.report;

import static org.fluvia.dist.Distributions.halfNormal;
import static org.fluvia.dist.Distributions.normal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.fluvia.autodiff.Expr;
import org.fluvia.flows.Flows;
import org.fluvia.model.Data;
import org.fluvia.model.Model;
import org.fluvia.vi.Fit;
import org.fluvia.vi.Posterior;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in Chromium, where there is one. */
class BrowserTest {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome", "chrome");

    @TempDir
    private Path folder;
    private String page;
    private Posterior posterior;

    @BeforeEach
    void write() {
        assumeTrue(browser().isPresent(), "no Chromium is on the PATH: the page is not tried in a browser");
        Model model = Model.define("sorted", m -> {
            Expr s = m.sample("s", halfNormal(2));
            Expr b = m.sample("b", normal(0, s), 3);
            m.derive("nan", s.minus(100).log());
            m.observe("y", normal(b, 1));
        });
        posterior = Fit.of(model).data(Data.empty().with("y", 3, -2, 1)).flow(Flows.fullRank()).draws(500).run();
        page = HtmlReport.of(posterior).predictions(posterior.predict(1, 100)).loo(posterior.loo()).text();
    }

    private static Optional<Path> browser() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)).filter(f -> !f.isEmpty())
                .flatMap(f -> NAMES.stream().map(n -> Path.of(f, n))).filter(Files::isExecutable).findFirst();
    }

    /** What the page is in the end, then what the browser logged. */
    private String[] shown(String html) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("page.html"), html);
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Process p = new ProcessBuilder(browser().orElseThrow().toString(), "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr",
                "--user-data-dir=" + folder.resolve("profile"), "--dump-dom", file.toUri().toString()).redirectOutput(out.toFile())
                .redirectError(err.toFile()).start();
        if (!p.waitFor(60, TimeUnit.SECONDS)) p.destroyForcibly();
        String shown = Files.readString(out);
        assumeTrue(shown.contains("<body"), "Chromium does not start here: " + Files.readString(err));
        return new String[] {shown, Files.readString(err)};
    }

    /** The only message is that another script was refused. */
    @Test
    void thereIsNoErrorAndNoOtherScriptRuns() throws Exception {
        String[] shown = shown(page.replace("</main>", "<script>document.title = 'other'</script></main>"));
        assertTrue(shown[0].contains("<title>sorted</title>"), "a script ran that is not the page's");
        List<String> messages = shown[1].lines().filter(line -> line.contains("CONSOLE")).toList();
        assertEquals(1, messages.size(), messages.toString());
        assertTrue(messages.get(0).contains("Content Security Policy"), messages.get(0));
    }

    @Test
    void aHeadingSortsUpThenDownAndNoNumberStaysLast() throws Exception {
        String free = page.replaceFirst("<meta http-equiv=\"Content-Security-Policy\"[^>]*>", "");
        String press = """
                const button = document.querySelectorAll('table.sortable button')[1];
                const state = () => [...document.querySelector('table.sortable tbody').rows].map(r => r.cells[0].textContent).join(' ')
                    + ' ' + button.parentElement.getAttribute('aria-sort');
                button.click(); const up = state(); button.click(); document.title = up + ', ' + state();
                """;
        String dom = shown(free.replace("</body>", "<script>" + press + "</script></body>"))[0];
        Comparator<String> byMean = Comparator.comparingDouble(n -> posterior.summary(n).mean());
        List<String> names = Stream.of("s", "b[1]", "b[2]", "b[3]").sorted(byMean).toList();
        List<String> back = Stream.of("s", "b[1]", "b[2]", "b[3]").sorted(byMean.reversed()).toList();
        assertEquals(String.join(" ", names) + " nan ascending, " + String.join(" ", back) + " nan descending",
                dom.substring(dom.indexOf("<title>") + 7, dom.indexOf("</title>")));
    }
}
