package org.fluvia.stan.value;

/** Something that is not read, or is wrong, in one sentence; whoever knows the place in the program adds it. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    public Refusal(String sentence) {
        super(sentence, null, false, false);
    }
}
