package org.fluvia.vi.approximation;

import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.DrawSource;
import org.fluvia.autodiff.NormalNoise;

/** Makes draws of an approximation from noise. Belongs to one thread. */
public interface Sampler {
    /** The points that n columns of noise make, with both log-densities there. */
    Proposals at(int n, DrawSource noise);

    /**
     * Noise of the defensive draws that go with a number of the approximation's own: {@link #at} makes them of it.
     *
     * @return dimension x draws
     */
    DMatrixRMaj defensiveNoise(int own, long seed);

    /** The points that given noise makes (dimension x points). */
    default Proposals at(DMatrixRMaj given) {
        return at(given.numCols, DrawSource.of(given));
    }

    /** n draws with both log-densities: a function of the seed alone, and of its first draws if there are more. */
    default Proposals draw(int n, long seed) {
        return at(n, NormalNoise.of(seed));
    }
}
