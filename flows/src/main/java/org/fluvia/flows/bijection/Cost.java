package org.fluvia.flows.bijection;

/** What it takes to evaluate a direction of a map, from the cheapest on. */
public enum Cost {
    /** Once through the map. */
    ONE_PASS,
    /** As many operations on numbers, in one small step for each element, because each needs those before it. */
    SEQUENTIAL,
    /** An equation is solved by iteration, to the tolerance that the map states. */
    ITERATIVE;

    /** What both take together. */
    public Cost and(Cost other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
