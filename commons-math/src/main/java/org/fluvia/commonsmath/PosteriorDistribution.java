package org.fluvia.commonsmath;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.model.Quantity;
import org.fluvia.vi.PosteriorDraws;

/** Of a posterior's parameters. */
final class PosteriorDistribution extends Seeded {
    private final PosteriorDraws posterior;

    PosteriorDistribution(PosteriorDraws posterior) {
        super(posterior.parameters().stream().mapToInt(p -> p.shape().size()).sum());
        this.posterior = posterior;
    }

    @Override
    double logDensity(double[] x) {
        Map<String, double[]> point = new LinkedHashMap<>();
        int from = 0;
        for (Quantity p : posterior.parameters()) {
            int to = from + p.shape().size();
            point.put(p.name(), Arrays.copyOfRange(x, from, to));
            from = to;
        }
        try {
            return posterior.logDensity(point);
        } catch (IllegalArgumentException e) {
            return Double.NEGATIVE_INFINITY; // names and lengths are right: it lies outside a support
        }
    }

    @Override
    DMatrixRMaj first(int n, long seed) {
        return posterior.sample(n, seed);
    }
}
