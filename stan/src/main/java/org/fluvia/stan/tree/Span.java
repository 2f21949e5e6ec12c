package org.fluvia.stan.tree;

/**
 * A part of a program's text.
 *
 * @param from the place of its first character
 * @param to the place after its last
 */
public record Span(int from, int to) {

    /** From where this begins to where the other ends. */
    public Span to(Span end) {
        return new Span(from, Math.max(to, end.to));
    }
}
