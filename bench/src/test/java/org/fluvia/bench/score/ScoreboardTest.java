package org.fluvia.bench.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreboardTest {
    @Test
    void aTargetIsFittedScoredAndWritten(@TempDir Path folder) throws IOException, InterruptedException {
        Path results = folder.resolve("results.tsv");
        Path page = folder.resolve("page.md");
        String[] options = {"--only", "^(normal_d3_c1|separation_flat|external_sign)$", "--seeds", "2", "--results", results.toString(), "--out", page.toString()};
        Scoreboard.main(options);
        List<Result> first = Files.readAllLines(results).stream().map(Result::of).toList();
        assertEquals(List.of("TRUSTED_AND_RIGHT normal_d3_c1", "RIGHTLY_REFUSED separation_flat", "RIGHTLY_REFUSED external_sign"),
                first.stream().map(r -> r.outcome() + " " + r.target()).toList());
        assertEquals(0, first.get(0).score().logEvidence(), 1e-6);
        assertTrue(Files.readString(page).contains("| `normal_d3_c1` | right | PASS |"), Files.readString(page));
        Scoreboard.main(options);
        assertEquals(first, Files.readAllLines(results).stream().map(Result::of).toList(), "what is there is not fitted again");
    }

    @Test
    void aRowOfSeveralSeedsHasTheWorst() {
        Score good = new Score(Score.Right.YES, 0.01, 1, 0.02, 0.001, "", "");
        Score bad = new Score(Score.Right.NO, 0.5, 20, 0.4, -0.3, "mean of x", "");
        String page = new Board(List.of(result(1, Outcome.TRUSTED_AND_RIGHT, "PASS", good), result(2, Outcome.TRUSTED_AND_WRONG, "RESAMPLED", bad),
                result(3, Outcome.TRUSTED_AND_RIGHT, "PASS", good))).markdown();
        String outcomes = "| `t` | 2 right, 1 **trusted and wrong** | 2 PASS, 1 RESAMPLED |";
        assertTrue(page.contains(outcomes + " 0.20 | -0.300 | -30.0 | 0.500 | 20.0 | 0.400 | 1.5 (1.5) |"), page);
        assertTrue(page.contains("- Trusted and wrong: `t` (seed 2)"), page);
        assertTrue(page.contains("- Refused though right: 0 of the 2 fits that are right"), page);
    }

    private static Result result(long seed, Outcome outcome, String verdict, Score score) {
        return new Result("commit", "2020-01-01", "kind", "t", seed, outcome, verdict, 0.2, 30_000, 0.01, score, 1.5, "");
    }

    @Test
    void aResultIsReadAsItWasWritten() {
        Result r = new Result("commit", "2020-01-01", "kind", "t", Long.MIN_VALUE, Outcome.CRASHED, "CRASH", Double.NaN, Double.POSITIVE_INFINITY, 1e-300,
                Score.OF_NOTHING, 0.1, "two words");
        assertEquals(r, Result.of(r.line()));
        Result ofLines = new Result("commit", "2020-01-01", "kind", "t", 1, Outcome.CRASHED, "CRASH", 0, 0, 0, Score.OF_NOTHING, 0.1, "a\tb\nc");
        assertEquals("a b c", Result.of(ofLines.line()).said());
    }
}
