package org.fluvia.stan.tree;

import org.fluvia.autodiff.Source;
import org.fluvia.model.ModelException;
import org.jspecify.annotations.Nullable;

/**
 * A program's text, which messages quote.
 *
 * @param name of its file
 */
public record ProgramText(String name, String text) {
    private static final int LONGEST_LINE = 160;

    /** The line of a place, counted from 1. */
    public int line(int place) {
        int line = 1;
        for (int i = 0; i < Math.min(place, text.length()); i++) if (text.charAt(i) == '\n') line++;
        return line;
    }

    /** The column of a place, counted from 1. */
    public int column(int place) {
        return place - lineStart(place) + 1;
    }

    private int lineStart(int place) {
        return text.lastIndexOf('\n', Math.min(place, text.length()) - 1) + 1;
    }

    /** Where operations are recorded, for messages of the engine. */
    public Source source(Span span) {
        return new Source(name, line(span.from()));
    }

    /** What is wrong at a place: the file, line and column, one sentence, the line itself and a caret below it. */
    public ModelException error(Span span, String sentence) {
        return error(span, sentence, null);
    }

    /** As {@link #error(Span, String)}, of what was thrown. */
    public ModelException error(Span span, String sentence, @Nullable Throwable cause) {
        int line = line(span.from());
        int start = lineStart(span.from());
        int end = text.indexOf('\n', start);
        String quoted = (end < 0 ? text.substring(start) : text.substring(start, end)).stripTrailing();
        String number = String.valueOf(line);
        StringBuilder b = new StringBuilder(name).append(':').append(number).append(':').append(column(span.from())).append(": ").append(sentence);
        int before = Math.min(span.from() - start, quoted.length());
        if (before <= LONGEST_LINE) {
            int shown = Math.min(quoted.length(), LONGEST_LINE);
            b.append("\n  ").append(number).append(" | ").append(quoted, 0, shown).append("\n  ").append(" ".repeat(number.length())).append(" | ");
            for (int i = 0; i < before; i++) b.append(quoted.charAt(i) == '\t' ? '\t' : ' ');
            b.append("^".repeat(Math.max(1, Math.min(span.to() - span.from(), shown - before))));
        }
        return cause == null ? new ModelException(b.toString()).in(name, line) : withCause(b.toString(), cause).in(name, line);
    }

    private static ModelException withCause(String message, Throwable cause) {
        ModelException e = new ModelException(message);
        e.initCause(cause);
        return e;
    }
}
