package org.fluvia.stan.parse;

import org.fluvia.stan.tree.Span;

/**
 * A word, number, text or symbol of a program.
 *
 * @param text as it is written
 */
record Token(Kind kind, String text, Span span) {
    enum Kind {
        WORD, INT, REAL,
        /** A number that begins with a point, or a member of a tuple. */
        POINT_NUMBER,
        IMAGINARY, STRING, SYMBOL, END
    }

    boolean is(String symbolOrWord) {
        return (kind == Kind.SYMBOL || kind == Kind.WORD) && text.equals(symbolOrWord);
    }

    /** Whether the next character of the program begins the other. */
    boolean touches(Token next) {
        return span.to() == next.span.from();
    }

    @Override
    public String toString() {
        return kind == Kind.END ? "the end of the file" : "`" + text + "`";
    }
}
