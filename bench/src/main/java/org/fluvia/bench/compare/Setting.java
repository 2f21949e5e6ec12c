package org.fluvia.bench.compare;

/** What a peer is run with. Fluvia takes the same number of threads, and doubles always. */
record Setting(boolean isDouble, int threads) {
    /** How far a peer may be from Fluvia, relative to the largest of the values compared: rounding of sums of thousands. */
    double tolerance() {
        return isDouble ? 1e-9 : 2e-3;
    }

    @Override
    public String toString() {
        return (isDouble ? "double" : "single") + ", " + threads + (threads == 1 ? " thread" : " threads");
    }
}
