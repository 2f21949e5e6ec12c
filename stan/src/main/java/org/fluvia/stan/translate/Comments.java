package org.fluvia.stan.translate;

import java.util.ArrayList;
import java.util.List;
import org.fluvia.stan.tree.ProgramText;

/** The comments of a program, each given once. Mutable. */
final class Comments {
    /** @param lines without what marks them as a comment */
    private record Comment(int from, int to, List<String> lines) {}

    private final ProgramText program;
    private final List<Comment> left = new ArrayList<>();

    Comments(ProgramText program) {
        this.program = program;
        String text = program.text();
        for (int at = 0; at < text.length();) {
            int end = end(text, at);
            if (end < 0) {
                at++;
                continue;
            }
            if (text.charAt(at) != '"') left.add(new Comment(at, end, lines(text.substring(at, end))));
            at = end;
        }
    }

    /** Where a comment or a text in quotes ends that begins here; -1 if none does. */
    private static int end(String text, int at) {
        boolean line = text.startsWith("//", at) || text.charAt(at) == '#';
        if (line) return text.indexOf('\n', at) < 0 ? text.length() : text.indexOf('\n', at);
        if (text.startsWith("/*", at)) return text.indexOf("*/", at + 2) + 2;
        if (text.charAt(at) != '"') return -1;
        int end = at + 1;
        while (end < text.length() && text.charAt(end) != '"' && text.charAt(end) != '\n') end++;
        return Math.min(end + 1, text.length());
    }

    private static List<String> lines(String comment) {
        String inner = comment.replace("\\u", "u").replaceFirst("^(//+|#+|/\\*+)", "").replaceFirst("\\*+/$", "");
        return inner.lines().map(l -> l.strip().replaceFirst("^\\*+ ?", "")).filter(l -> !l.isEmpty()).toList();
    }

    /** Those that begin before a place. */
    List<String> before(int place) {
        List<String> lines = new ArrayList<>();
        while (!left.isEmpty() && left.get(0).from < place) lines.addAll(left.remove(0).lines);
        return lines;
    }

    /** Those that begin on the line on which a place is, after it, though others before it are left. */
    List<String> aside(int place) {
        int end = program.text().indexOf('\n', place);
        List<String> lines = new ArrayList<>();
        left.removeIf(c -> {
            boolean isThere = c.from >= place && (end < 0 || c.from < end);
            if (isThere) lines.addAll(c.lines);
            return isThere;
        });
        return lines;
    }

    /** Those that begin on the line on which a place is, after it. */
    List<String> behind(int place) {
        int line = program.text().indexOf('\n', place);
        return before(line < 0 ? program.text().length() : line);
    }
}
