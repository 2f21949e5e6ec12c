package org.fluvia.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block of Java in a page of documentation.
 *
 * @param page the page's file name
 * @param line the line that the block begins at
 * @param code a class, or statements with a {@code ModelBuilder m}
 * @param data what follows as a block of json or as {@code <!-- data: {...} -->}; empty if nothing does
 * @param message the error that the block makes: what follows that as a block of text; empty if nothing does
 */
record DocumentedBlock(String page, int line, String code, String data, String message) {
    private static final Pattern BLOCK = Pattern.compile(
            "^```java\\R(.*?)^```$(?:\\s*^```json\\R(.*?)^```$|\\s*<!-- data: (.*?) -->)?(?:\\s*^```text\\R(.*?)^```$)?", Pattern.DOTALL | Pattern.MULTILINE);

    static List<DocumentedBlock> of(String page, String text) {
        List<DocumentedBlock> blocks = new ArrayList<>();
        Matcher m = BLOCK.matcher(text);
        while (m.find()) {
            int line = (int) text.substring(0, m.start()).lines().count() + 1;
            String data = m.group(2) != null ? m.group(2) : m.group(3) != null ? m.group(3) : "";
            blocks.add(new DocumentedBlock(page, line, m.group(1), data, m.group(4) == null ? "" : m.group(4)));
        }
        return blocks;
    }

    boolean hasData() {
        return !data.isEmpty();
    }

    String packageName() {
        return page.replaceAll("\\W", "_") + "_" + line;
    }

    String className() {
        Matcher m = Pattern.compile("^public final class (\\w+)", Pattern.MULTILINE).matcher(code);
        return m.find() ? m.group(1) : "Statements";
    }

    /** The source file: imports first, then the class, or one around the statements. */
    String source(String preamble) {
        StringBuilder imports = new StringBuilder(preamble);
        StringBuilder rest = new StringBuilder();
        code.lines().forEach(l -> (l.startsWith("import ") ? imports : rest).append(l).append('\n'));
        String body = className().equals("Statements") ? """
                public final class Statements implements ModelSource {
                    static Model model; static Data data; static Posterior posterior;
                    public void define(ModelBuilder m) {
                        try { statements(m); } catch (java.io.IOException e) { throw new java.io.UncheckedIOException(e); }
                    }
                    void statements(ModelBuilder m) throws java.io.IOException {
                %s
                        if (false) throw new java.io.IOException();
                    }
                }
                """.formatted(rest) : rest.toString();
        return "package " + packageName() + ";\n" + imports + body;
    }

    @Override
    public String toString() {
        return page + ":" + line;
    }
}
