package org.fluvia.text;

import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;

/**
 * Text that others wrote (names in data, options, files' names), as messages show it: never longer than a reader wants it, and
 * without characters that a terminal obeys.
 */
public final class Shown {
    private static final int LONGEST = 120;
    private static final int LONGEST_LINE = 2_000;
    private static final int MOST_NAMES = 20;

    private Shown() {}

    /** One piece of text, on one line: cut in its middle where it is long, control characters as backslash escapes. */
    public static String text(String s) {
        return cut(visible(s, false), LONGEST);
    }

    /** Names, separated by commas: the first 20, and how many more there are. */
    public static String list(Collection<String> names) {
        String first = names.stream().limit(MOST_NAMES).map(Shown::text).collect(Collectors.joining(", "));
        return names.size() <= MOST_NAMES ? first : first + " and " + (names.size() - MOST_NAMES) + " more";
    }

    /** A whole message or table: its line ends and tabs stay, each line is cut in its middle where it is absurdly long. */
    public static String lines(String s) {
        String all = visible(s, true);
        if (all.length() <= LONGEST_LINE) return all;
        return Arrays.stream(all.split("\n", -1)).map(line -> cut(line, LONGEST_LINE)).collect(Collectors.joining("\n"));
    }

    /** All of it, control characters as backslash escapes, which are those of Java and JSON. */
    public static String escaped(String s) {
        return visible(s, false);
    }

    private static String cut(String s, int most) {
        if (s.length() <= most) return s;
        int head = most * 2 / 3;
        int tail = most - head;
        return s.substring(0, head) + " ... (" + (s.length() - head - tail) + " characters left out) ... " + s.substring(s.length() - tail);
    }

    private static String visible(String s, boolean lines) {
        if (s.chars().noneMatch(c -> isObeyed((char) c, lines))) return s;
        StringBuilder b = new StringBuilder(s.length() + 16);
        for (int i = 0; i < s.length(); i++) {
            char c = s.charAt(i);
            if (!isObeyed(c, lines)) {
                b.append(c);
            } else if (c == '\r' && lines && i + 1 < s.length() && s.charAt(i + 1) == '\n') {
                b.append(c); // the line end of Windows
            } else {
                b.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) b.append(Character.forDigit(c >> shift & 15, 16));
            }
        }
        return b.toString();
    }

    /** Control characters, marks that turn the direction of writing, line separators. */
    private static boolean isObeyed(char c, boolean lines) {
        if (lines && (c == '\n' || c == '\t')) return false;
        return Character.isISOControl(c) || c == 0x061c || c >= 0x200b && c <= 0x200f || c >= 0x2028 && c <= 0x202e
                || c >= 0x2060 && c <= 0x2069 || c == 0xfeff;
    }
}
