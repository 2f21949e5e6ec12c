package org.fluvia.vi;

import org.fluvia.flows.training.State;

/** Puts back a state that was noted. */
final class PutBack implements State {
    private final double[] noted;
    private int next;

    /** @param noted not modified */
    PutBack(double[] noted) {
        this.noted = noted;
    }

    @Override
    public double number(double now) {
        return noted[next++];
    }

    @Override
    public void numbers(double[] now) {
        System.arraycopy(noted, next, now, 0, now.length);
        next += now.length;
    }
}
