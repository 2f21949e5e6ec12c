package org.fluvia.report;

import org.fluvia.report.json.JsonObject;

/** A model's log-density and gradient at a point, as a line of JSON: what {@code fluvia density} prints. */
public final class DensityJson {
    private DensityJson() {}

    /**
     * One object, without a line end.
     *
     * @param logDensity on the constrained scale, without Jacobian
     * @param logDensityUnconstrained with the Jacobian
     * @param gradient of the latter
     */
    public static String line(double logDensity, double logDensityUnconstrained, double[] gradient) {
        return new JsonObject().number("log_density", logDensity).number("log_density_unconstrained", logDensityUnconstrained)
                .numbers("gradient", gradient).line();
    }
}
