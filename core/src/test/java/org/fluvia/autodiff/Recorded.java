package org.fluvia.autodiff;

/** Counts what is recorded. */
public final class Recorded {
    private Recorded() {}

    /** How many expressions the work records, on any thread. */
    public static long during(Runnable work) {
        long before = Expr.of(0).number();
        work.run();
        return Expr.of(0).number() - before - 1;
    }
}
