package org.fluvia.stan.library;

import java.util.Map;

/** What to write in place of functions that are not read. */
public final class Missing {
    private static final Map<String, String> INSTEAD = Map.ofEntries(
            Map.entry("wiener_lpdf", "Write its series as a function of the program"),
            Map.entry("yule_simon_lpmf", "Write it by lbeta: log(alpha) + lbeta(y, alpha + 1)"),
            Map.entry("multi_gp_lpdf", "Write a loop of multi_normal_prec over the rows"),
            Map.entry("multi_gp_cholesky_lpdf", "Write a loop of multi_normal_cholesky over the rows"),
            Map.entry("gaussian_dlm_obs_lpdf", "Write the Kalman filter as a loop"),
            Map.entry("integrate_1d", "Write a sum over the nodes of a quadrature"),
            Map.entry("algebra_solver", "Solve it by hand, or by a loop of Newton steps"),
            Map.entry("trigamma", "It can be left out by declaring the model in other parameters"));

    private Missing() {}

    /** A sentence; of the distribution or the function. */
    public static String instead(String name) {
        String more = INSTEAD.get(name);
        if (more == null && name.startsWith("solve_")) more = INSTEAD.get("algebra_solver");
        return more == null ? "docs/stan-programs.md lists those that are" : more;
    }
}
