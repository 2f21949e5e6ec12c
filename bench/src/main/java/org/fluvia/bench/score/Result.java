package org.fluvia.bench.score;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.fluvia.model.ModelException;
import org.fluvia.vi.Assessment;
import org.fluvia.vi.Posterior;
import org.fluvia.vi.Verdict;

/**
 * One fit of a target, as a line of a file: tabs between what is in it.
 *
 * @param commit of the engine and of the targets
 * @param verdict of the engine, or REFUSED or CRASH where it gave no posterior
 * @param evidenceError the stated standard error of the log evidence, nats
 * @param seconds of the fit, wall-clock
 * @param said the engine's reasons where it does not trust the fit, or its message
 */
record Result(String commit, String date, String kind, String target, long seed, Outcome outcome, String verdict, double khat, double ess, double evidenceError,
              Score score, double seconds, String said) {
    /** Below this a stated error is that of rounding, and no estimate: nats. */
    private static final double ROUNDING = 1e-6;
    private static final int FIELDS = 19;
    private static final Score NO_SCORE = Score.OF_NOTHING;

    /** Fits, and holds the posterior against the truth. */
    static Result of(Target t, long seed, String commit) {
        long begin = System.nanoTime();
        String date = LocalDate.now(ZoneOffset.UTC).toString();
        Posterior p;
        try {
            p = t.fit().apply(seed).run();
        } catch (ModelException | Sabotage.Thrown e) {
            Outcome outcome = Outcome.of(false, Score.Right.NO, t.due());
            return new Result(commit, date, t.kind(), t.name(), seed, outcome, "REFUSED", Double.NaN, Double.NaN, Double.NaN, NO_SCORE, since(begin), said(e));
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            return new Result(commit, date, t.kind(), t.name(), seed, Outcome.CRASHED, "CRASH", Double.NaN, Double.NaN, Double.NaN, NO_SCORE, since(begin), said(e));
        }
        double seconds = since(begin);
        Assessment a = p.assessment();
        Score score = t.truth().get().score(p);
        boolean isTrusted = p.verdict() != Verdict.FAIL;
        return new Result(commit, date, t.kind(), t.name(), seed, Outcome.of(isTrusted, score.right(), t.due()), p.verdict().name(), a.khat(), a.ess(),
                a.logEvidence().standardError(), score, seconds, isTrusted ? "" : String.join(" ", a.reasons()));
    }

    private static double since(long begin) {
        return (System.nanoTime() - begin) * 1e-9;
    }

    private static String said(Throwable e) {
        return e instanceof ModelException ? String.valueOf(e.getMessage()) : e.toString();
    }

    boolean isTrusted() {
        return outcome == Outcome.TRUSTED_AND_RIGHT || outcome == Outcome.TRUSTED_WITHIN_NOISE || outcome == Outcome.TRUSTED_AND_WRONG;
    }

    /** The error of the log evidence by the error that is stated; NaN where either is not known, or the stated one is next to nothing. */
    double z() {
        return evidenceError > ROUNDING && evidenceError < Double.POSITIVE_INFINITY ? score.logEvidence() / evidenceError : Double.NaN;
    }

    String line() {
        return Stream.of(commit, date, kind, target, seed, outcome, verdict, khat, ess, evidenceError, score.right(), score.mean(), score.sd(), score.quantile(),
                score.logEvidence(), score.where(), score.tier(), seconds, said).map(f -> String.valueOf(f).replaceAll("\\s+", " "))
                .collect(Collectors.joining("\t"));
    }

    static Result of(String line) {
        List<String> f = List.of(line.split("\t", -1));
        if (f.size() != FIELDS) throw new IllegalArgumentException("bench: a result must have " + FIELDS + " fields, but was " + line);
        Score score = new Score(Score.Right.valueOf(f.get(10)), number(f.get(11)), number(f.get(12)), number(f.get(13)), number(f.get(14)), f.get(15), f.get(16));
        return new Result(f.get(0), f.get(1), f.get(2), f.get(3), Long.parseLong(f.get(4)), Outcome.valueOf(f.get(5)), f.get(6), number(f.get(7)), number(f.get(8)),
                number(f.get(9)), score, number(f.get(17)), f.get(18));
    }

    private static double number(String field) {
        return Double.parseDouble(field);
    }
}
