package org.fluvia.report;

import static org.fluvia.dist.Distributions.halfCauchy;
import static org.fluvia.dist.Distributions.normal;
import static org.fluvia.dist.Distributions.poisson;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.fluvia.autodiff.Expr;
import org.fluvia.flows.Flows;
import org.fluvia.model.Data;
import org.fluvia.model.Model;
import org.fluvia.vi.Fit;
import org.fluvia.vi.Posterior;
import org.fluvia.vi.PosteriorFile;
import org.fluvia.vi.Progress;
import org.fluvia.vi.Verdict;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page: what is on it, that nothing in it is taken for HTML that is not, and that it is whole in itself. */
class HtmlReportTest {
    private static final String HOSTILE = "<script>alert(1)</script>";
    private static final Set<String> VOID = Set.of("meta", "link", "path", "image", "br");

    private static final List<Progress.Event> COURSE = new ArrayList<>();

    private static Posterior posterior;
    private static Data data;
    private static String page;

    @BeforeAll
    static void fit() {
        data = Data.empty().with("y", 28, 8, -3, 7, -1, 1, 18, 12).with("sigma", 15, 10, 16, 11, 9, 11, 10, 18)
                .with("<img src=x onerror=alert(2)>", new double[] {Double.NaN, 1});
        posterior = Fit.of(schools()).data(data).flow(Flows.fullRank()).draws(2000).progress(COURSE::add).run();
        page = whole(posterior).text();
    }

    private static Model schools() {
        return Model.define("eight & " + HOSTILE, m -> {
            m.dimension("school", HOSTILE, "\"B'", "\u202eC", "D", "E", "F", "G", "\ud800H");
            Expr mu = m.sample("mu", normal(0, 5));
            Expr tau = m.sample("tau", halfCauchy(5));
            Expr theta = m.derive("theta", mu.plus(tau.times(m.sample("z", normal(0, 1), 8))));
            m.axes("theta", "school");
            m.derive("none", mu.minus(100).log());
            m.observe("y", normal(theta, m.data("sigma")));
            m.predict("later", poisson(tau.plus(1)));
        });
    }

    private static HtmlReport whole(Posterior p) {
        return HtmlReport.of(p).data(data).loo(p.loo()).looPit(p.looPit()).predictions(p.predict(1, 200)).modelSource("a < b;\n</code></pre>" + HOSTILE + "\n\tend")
                .course(COURSE).command("fluvia fit '" + HOSTILE + "'");
    }

    private static List<String> found(String pattern) {
        return Pattern.compile(pattern, Pattern.DOTALL).matcher(page).results().map(r -> r.group(r.groupCount())).toList();
    }

    @Test
    void namesAndTextsAreNotTakenForHtml() {
        assertEquals(1, found("<script").size());
        assertFalse(page.contains("<img"), "a name of the data is HTML");
        assertTrue(page.contains("theta[&lt;script&gt;alert(1)&lt;/script&gt;]"), "names are escaped");
        assertTrue(page.contains("<span>a &lt; b;</span>\n<span>&lt;/code&gt;&lt;/pre&gt;&lt;script&gt;"), "the source is escaped");
        assertTrue(page.contains("theta[&quot;B&#39;]"));
        assertFalse(page.contains("\u202e"), "nothing turns the direction of writing");
        assertTrue(StandardCharsets.UTF_8.newEncoder().canEncode(page), "no half of a pair");
    }

    /** What is opened is closed, in order. */
    @Test
    void tagsAreBalanced() {
        Deque<String> open = new ArrayDeque<>();
        String body = page.replaceAll("(?s)<script>.*?</script>", "").replaceAll("(?s)<style>.*?</style>", "");
        for (MatchResult tag : Pattern.compile("<(/?)([a-zA-Z][a-zA-Z0-9]*)[^>]*?(/?)>").matcher(body).results().toList()) {
            if (VOID.contains(tag.group(2)) || tag.group(3).equals("/")) continue;
            if (tag.group(1).isEmpty()) open.push(tag.group(2));
            else assertEquals(open.pop(), tag.group(2), () -> "before " + body.substring(tag.start(), Math.min(body.length(), tag.start() + 200)));
        }
        assertTrue(open.isEmpty(), open.toString());
    }

    @Test
    void itAsksForNothingAndRunsItsOwnScriptOnly() throws Exception {
        assertEquals(Set.of("http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"), Set.copyOf(found("(https?://[^\"' <]*)")));
        assertTrue(found("(?:src|href)=\"([^\"]*)\"").stream().allMatch(a -> a.startsWith("#") || a.startsWith("data:")));
        String script = found("<script>(.*?)</script>").get(0);
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
        assertTrue(page.contains("script-src 'sha256-" + Base64.getEncoder().encodeToString(hash) + "'"));
        assertTrue(page.contains("default-src 'none'"));
        assertFalse(Pattern.compile("<[^>]* on[a-z]+=").matcher(page).find(), "no handler in an attribute");
    }

    @Test
    void headingsAddressesAndPicturesAreInWords() {
        assertEquals(1, found("<h1").size());
        assertEquals(List.of("Verdict", "Parameters", "Pictures", "Predictions and data", "Cross-validation", "Model", "Data", "How to repeat it"),
                found("<h2 id=\"[^\"]*\">([^<]*)"));
        assertEquals(found("<li><a href=\"#([^\"]*)"), found("<section id=\"([^\"]*)"));
        List<String> pictures = found("role=\"img\"( aria-label=\"[^\"]+\")?");
        assertTrue(pictures.size() >= 8 && pictures.stream().allMatch(p -> p != null), pictures.toString());
        assertEquals(found("<svg xmlns").size(), pictures.size() + found("aria-hidden=\"true\"><svg").size());
        List<String> ids = found(" id=\"([^\"]*)\"");
        assertEquals(ids.size(), Set.copyOf(ids).size());
    }

    @Test
    void numbersAreThoseOfThePosterior() {
        List<String> rows = found("<tr>(<th scope=\"row\" data-v=\"\\d+\">(?:mu|tau|theta).*?)</tr>");
        assertEquals(10, rows.size());
        for (int i = 0; i < 2; i++) {
            String name = List.of("mu", "tau").get(i);
            List<String> values = Pattern.compile("<td data-v=\"([^\"]*)\"").matcher(rows.get(i)).results().map(r -> r.group(1)).toList();
            assertEquals(posterior.summary(name).mean(), Double.parseDouble(values.get(0)));
            assertEquals(posterior.summary(name).q95(), Double.parseDouble(values.get(7)));
        }
        assertTrue(page.contains(">none</th><td class=\"spark\"></td><td data-v=\"NaN\">–</td>"), "no number is a dash, and has no picture");
        assertTrue(page.contains("1 value is in no picture"));
        assertTrue(page.contains("<td>1</td></tr>"), "the missing value is counted");
        assertTrue(page.contains("later"), "what is predicted is there");
        assertTrue(page.contains("aria-label=\"LOO-PIT"), "so is where observations lie");
        assertTrue(page.contains("The course of the fit") && page.contains(">full-rank</text>"), "and the fit's course");
    }

    @Test
    void eightSchoolsAreBelowAMegabyte() {
        assertTrue(page.getBytes(StandardCharsets.UTF_8).length < 1_000_000, () -> page.length() + " characters");
        assertEquals(page, whole(posterior).text());
    }

    @Test
    void theVerdictIsInWordsAndWhatToDoNext() {
        assertTrue(page.contains("<span class=\"badge\">" + posterior.verdict() + "</span> <strong>The answer can be trusted"), posterior.verdict().name());
        assertTrue(page.contains("What to do next"));
        Posterior cut = Fit.of(schools()).data(data).within(Duration.ofMillis(1)).run();
        assertEquals(Verdict.FAIL, cut.verdict());
        String fail = HtmlReport.of(cut).text();
        assertTrue(fail.contains("<strong>Do not use these numbers") && fail.contains("--within 10m"), "FAIL says what to do");
        for (String section : List.of("checks", "loo", "model", "data")) assertFalse(fail.contains("id=\"" + section), section);
    }

    @Test
    void aStatisticThatNoReplicationHasIsNamed() {
        Model narrow = Model.define("narrow", m -> m.observe("x", normal(m.sample("mu", normal(0, 1)), 0.1)));
        Posterior p = Fit.of(narrow).data(Data.empty().with("x", -3, 3, -2, 2)).flow(Flows.fullRank()).run();
        String all = HtmlReport.of(p).predictions(p.predict(1, 200)).text();
        assertTrue(all.contains("The model does not reproduce the data: the sd of x is greater than in all of its replications."), all.substring(0, 0));
        assertTrue(all.contains("the least value of x is smaller than in all"));
        assertFalse(page.contains("does not reproduce"));
    }

    @Test
    void ofAPosteriorThatWasSavedWhatItKnows(@TempDir Path folder) throws Exception {
        PosteriorFile.of(posterior).loo(posterior.loo()).modelSource("text").write(folder.resolve("posterior.fluvia"));
        String saved = HtmlReport.of(PosteriorFile.read(folder.resolve("posterior.fluvia"))).text();
        assertTrue(saved.contains("id=\"loo\"") && saved.contains("SHA-256 of the model&#39;s source"));
        assertEquals(Pattern.compile("data-v=\"[^\"]*\"").matcher(saved.substring(saved.indexOf("id=\"parameters"), saved.indexOf("id=\"pictures"))).results()
                .map(MatchResult::group).collect(Collectors.toList()), Pattern.compile("data-v=\"[^\"]*\"").matcher(page.substring(page.indexOf("id=\"parameters"),
                page.indexOf("id=\"pictures"))).results().map(MatchResult::group).collect(Collectors.toList()));
    }
}
