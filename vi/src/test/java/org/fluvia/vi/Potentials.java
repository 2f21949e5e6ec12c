package org.fluvia.vi;

import static org.fluvia.autodiff.Functions.logAddExp;
import static org.fluvia.autodiff.Functions.sin;

import java.util.List;
import java.util.function.UnaryOperator;
import org.fluvia.autodiff.Expr;
import org.fluvia.model.Model;

/**
 * Densities in two dimensions that the literature of flows draws, with their log Z. Those of Rezende and Mohamed 2015, table 1, are
 * improper beyond the first: as in De Cao et al. 2019, sum_i relu(|z_i| - 6)^2 is taken off all of them.
 *
 * @param logZ by closed forms, U2 to U4: log((12 + sqrt(pi)) sqrt(2 pi) c) with c = 0.4, 0.7, 0.75; others by quadrature
 */
record Potentials(String name, double logZ, Model model) {
    private static final double LOG_Z_OF_ONE = Math.log((12 + Math.sqrt(Math.PI)) * Math.sqrt(2 * Math.PI));

    static List<Potentials> all() {
        return List.of(
                of("U1", 1.877502, z -> {
                    Expr ring = bump(norm(z).minus(2), 0.4);
                    return ring.plus(logAddExp(bump(z.get(0).minus(2), 0.6), bump(z.get(0).plus(2), 0.6))).minus(walls(z));
                }),
                of("U2", LOG_Z_OF_ONE + Math.log(0.4), z -> bump(z.get(1).minus(wave(z)), 0.4).minus(walls(z))),
                of("U3", LOG_Z_OF_ONE + Math.log(0.7), z -> {
                    Expr off = z.get(1).minus(wave(z));
                    Expr by = bump(z.get(0).minus(1), 0.6).exp().times(3);
                    return logAddExp(bump(off, 0.35), bump(off.plus(by), 0.35)).minus(walls(z));
                }),
                of("U4", LOG_Z_OF_ONE + Math.log(0.75), z -> {
                    Expr off = z.get(1).minus(wave(z));
                    Expr by = z.get(0).minus(1).div(0.3).sigmoid().times(3);
                    return logAddExp(bump(off, 0.4), bump(off.plus(by), 0.35)).minus(walls(z));
                }),
                of("two moons", 0.804214, z -> bump(norm(z).minus(2), 0.2).plus(bump(z.get(0).abs().minus(2), 0.3))
                        .plus(z.get(0).abs().times(-4 / 0.09).exp().log1p())),
                of("rings", 1.775986, z -> {
                    Expr r = norm(z);
                    return logAddExp(bump(r.minus(1), 0.125), bump(r.minus(2), 0.125));
                }));
    }

    private static Potentials of(String name, double logZ, UnaryOperator<Expr> logDensity) {
        return new Potentials(name, logZ, Model.logDensity(name, 2, logDensity));
    }

    private static Expr square(Expr x) {
        return x.square();
    }

    private static Expr norm(Expr z) {
        return z.dot(z).sqrt();
    }

    private static Expr bump(Expr x, double sd) {
        return x.div(sd).square().times(-0.5);
    }

    private static Expr wave(Expr z) {
        return sin(z.get(0).times(2 * Math.PI / 4));
    }

    private static Expr walls(Expr z) {
        return z.abs().minus(6).max(Expr.of(0)).square().sum();
    }
}
