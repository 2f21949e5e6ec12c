package org.fluvia.stan.translate;

import java.util.ArrayList;
import java.util.List;

/** Lines of Java. Mutable. */
final class Lines {
    private static final int LONGEST = 130;
    private static final String STEP = "    ";

    private final List<String> lines = new ArrayList<>();
    private int depth;

    Lines(int depth) {
        this.depth = depth;
    }

    int count() {
        return lines.size();
    }

    void cutTo(int count) {
        lines.subList(count, lines.size()).clear();
    }

    int depth() {
        return depth;
    }

    void setDepth(int to) {
        depth = to;
    }

    void add(String line) {
        add(lines.size(), line);
    }

    /** Before the line of this number. */
    void add(int at, String line) {
        lines.add(at, line.isEmpty() ? line : STEP.repeat(depth) + line);
    }

    /** Opens a block. */
    void open(String line) {
        add(line + " {");
        depth++;
    }

    void close() {
        depth--;
        add("}");
    }

    /** Appends to the last line, or puts it on one of its own before the line of this number where it would be too long. */
    void append(int first, String comment) {
        String last = lines.get(lines.size() - 1);
        if (lines.size() == first + 1 && last.length() + comment.length() < LONGEST && !last.contains(" // ")) {
            lines.set(first, last + " " + comment);
        } else {
            add(first, comment);
        }
    }

    List<String> all() {
        return lines;
    }

    /** The lines, the long ones broken at commas and before points. */
    List<String> broken() {
        List<String> all = new ArrayList<>();
        for (String line : lines) {
            String rest = line;
            String indent = line.substring(0, line.length() - line.stripLeading().length()) + STEP + STEP;
            int at;
            while (rest.length() > LONGEST && !rest.strip().startsWith("//") && (at = breakAt(rest)) > 0) {
                all.add(rest.substring(0, at).stripTrailing());
                rest = indent + rest.substring(at).strip();
            }
            all.add(rest);
        }
        return all;
    }

    /** Where a line can be broken, outside of as many parentheses as possible; 0 if nowhere. */
    private static int breakAt(String line) {
        int best = 0;
        int bestDepth = Integer.MAX_VALUE;
        int inside = 0;
        int start = line.length() - line.stripLeading().length() + 20;
        boolean quoted = false;
        for (int i = 0; i < LONGEST && i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') quoted = !quoted;
            if (quoted) continue;
            if (c == '(') inside++;
            if (c == ')') inside--;
            boolean comma = c == ',';
            boolean point = c == '.' && i > 0 && line.charAt(i - 1) == ')';
            if ((comma || point) && i >= start && inside <= bestDepth) {
                best = comma ? i + 1 : i;
                bestDepth = inside;
            }
        }
        return best;
    }
}
