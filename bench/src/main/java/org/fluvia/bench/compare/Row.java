package org.fluvia.bench.compare;

import java.util.Locale;

/**
 * One line of the table.
 *
 * @param target the ratio to reach, 0 if none is set
 * @param failure why there is no contest, or null
 */
record Row(String work, String peer, String setting, double target, Contest contest, String failure) {

    String markdown() {
        if (contest == null) return "| " + work + " | " + peer + " | " + setting + " | | | FAILED: " + failure + " | | |";
        return String.format(Locale.ROOT, "| %s | %s | %s | %s | %s | **%s** (%s to %s) | %s | %s |", work, peer, setting,
                time(contest.ours()), time(contest.theirs()), number(contest.median()), number(contest.least()),
                number(contest.most()), target == 0 ? "" : "at least " + number(target),
                target == 0 ? "" : contest.median() >= target ? "yes" : "**no**");
    }

    static String number(double x) {
        return String.format(Locale.ROOT, x >= 100 ? "%.0f" : x >= 10 ? "%.1f" : "%.2f", x);
    }

    static String time(double seconds) {
        if (seconds >= 1e-3) return number(seconds * 1e3) + " ms";
        if (seconds >= 1e-6) return number(seconds * 1e6) + " us";
        return number(seconds * 1e9) + " ns";
    }
}
