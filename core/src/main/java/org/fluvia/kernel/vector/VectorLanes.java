package org.fluvia.kernel.vector;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** The width of vectors. */
final class VectorLanes {
    private VectorLanes() {}

    /** The widest the processor prefers, but at most 8 lanes, the number of chains in a sum. */
    static final VectorSpecies<Double> SPECIES =
            DoubleVector.SPECIES_PREFERRED.length() > 8 ? DoubleVector.SPECIES_512 : DoubleVector.SPECIES_PREFERRED;
}
