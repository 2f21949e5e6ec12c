package org.fluvia.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the command tells the shell. */
final class ExitCode {
    static final int FAULT = 1;
    static final int USERS_MISTAKE = 2;
    static final int NOT_TRUSTED = 3;
    static final int INTERRUPTED = 130;

    private ExitCode() {}

    /** The codes and what they mean, in the order of the help. */
    static Map<String, String> inWords() {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("0", "done; a fit is to be trusted (PASS, RESAMPLED, EXACT)");
        words.put(Integer.toString(FAULT), "a fault of Fluvia's own");
        words.put(Integer.toString(USERS_MISTAKE), "the model, the data or the options are wrong, or the results cannot be written");
        words.put(Integer.toString(NOT_TRUSTED), "fitted, but not to be trusted (FAIL); learned, but it diverged; calibrated, and not right");
        words.put(Integer.toString(INTERRUPTED), "interrupted (Ctrl-C)");
        return words;
    }
}
