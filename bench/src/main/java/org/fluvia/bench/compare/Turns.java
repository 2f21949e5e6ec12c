package org.fluvia.bench.compare;

/**
 * How a contest is run.
 *
 * @param rounds in which each side has one turn
 * @param seconds of a turn
 * @param warmUp seconds of Fluvia's work before the first turn, in which the JIT is to compile all of it
 */
record Turns(int rounds, double seconds, double warmUp) {
    /** On a machine with two cores the JIT takes up to four seconds to have compiled a flow's step. */
    static final Turns DEFAULT = new Turns(7, 0.3, 4);

    /** As options of bench/run. */
    @Override
    public String toString() {
        return "--rounds " + rounds + " --seconds " + seconds + " --warm-up " + warmUp;
    }
}
