package org.fluvia.flows;

import java.util.ArrayList;
import java.util.List;
import org.fluvia.flows.bijection.Bijection;
import org.fluvia.flows.bijection.Inverse;
import org.fluvia.flows.conditioner.Context;
import org.fluvia.flows.conditioner.FreeWeights;
import org.fluvia.flows.conditioner.Mlp;
import org.fluvia.flows.residual.Planar;
import org.fluvia.flows.residual.Radial;
import org.fluvia.flows.residual.Residual;
import org.fluvia.flows.residual.Sylvester;
import org.fluvia.flows.residual.Sylvester.Basis;

/** Rows of the table of bijections: maps x + g(x). */
final class ResidualBijections {
    private ResidualBijections() {}

    static List<BijectionFamily> rows() {
        return List.of(
                new BijectionFamily("Planar", "y = x + v tanh(w'x + b): one bend, along a hyperplane",
                        "free weights, fixed values or a network of the context for w, u, of which v is made, and b",
                        "Rezende and Mohamed 2015, eq. 10-12 and appendix A.1", ResidualBijections::planar),
                new BijectionFamily("Radial", "y = x + beta (x - c) / (alpha + r): towards a centre c, or away from it, by the distance r from it",
                        "free weights, fixed values or a network of the context for c, log alpha and beta / alpha",
                        "Rezende and Mohamed 2015, eq. 14 and appendix A.2", ResidualBijections::radial),
                new BijectionFamily("Sylvester", "y = x + Q R tanh(R~ Q'x + b): m bends",
                        "m, at least 1 and at most d; how orthonormal columns Q are made; free weights, fixed values or a network of the context"
                                + " for upper triangular R and R~ and for b", "van den Berg et al. 2018, eq. 13-14", ResidualBijections::sylvester),
                new BijectionFamily("Residual", "y = x + g(x) with a network g that shortens distances",
                        "hidden layers; by how much at least, between 0 and 1; free weights or a network of the context for the first bias",
                        "Behrmann et al. 2019; Chen et al. 2019", ResidualBijections::residual));
    }

    private static List<Bijection> planar() {
        List<Bijection> all = new ArrayList<>();
        for (int d : new int[] {1, 2, 3, 10}) all.add(Planar.of(d, FreeWeights.trainable(), Context.none(), d));
        all.add(Planar.of(3, Mlp.of(4), NetworkExamples.context(), 5));
        all.add(Inverse.of(Planar.of(2, FreeWeights.trainable(), Context.none(), 6)));
        return all;
    }

    private static List<Bijection> radial() {
        List<Bijection> all = new ArrayList<>();
        for (int d : new int[] {1, 2, 3, 10}) all.add(Radial.of(d, FreeWeights.trainable(), Context.none(), d));
        all.add(Radial.of(3, Mlp.of(4), NetworkExamples.context(), 5));
        return all;
    }

    private static List<Bijection> sylvester() {
        List<Bijection> all = new ArrayList<>();
        for (Basis basis : Basis.values()) {
            all.add(Sylvester.of(1, 1, basis, FreeWeights.trainable(), Context.none(), 1));
            all.add(Sylvester.of(2, 2, basis, FreeWeights.trainable(), Context.none(), 2));
            all.add(Sylvester.of(3, 1, basis, FreeWeights.trainable(), Context.none(), 3));
            all.add(Sylvester.of(10, 4, basis, FreeWeights.trainable(), Context.none(), 4));
            all.add(Sylvester.of(3, 2, basis, Mlp.of(3), NetworkExamples.context(), 5));
        }
        return all;
    }

    private static List<Bijection> residual() {
        List<Bijection> all = new ArrayList<>();
        all.add(Residual.of(1, List.of(5), 0.9, FreeWeights.trainable(), Context.none(), 1));
        all.add(Residual.of(2, List.of(4, 3), 0.9, FreeWeights.trainable(), Context.none(), 2));
        all.add(Residual.of(3, List.of(), 0.5, FreeWeights.trainable(), Context.none(), 3));
        all.add(Residual.of(10, List.of(6), 0.9, FreeWeights.trainable(), Context.none(), 4));
        all.add(Residual.of(10, List.of(4, 3), 0.9, FreeWeights.trainable(), Context.none(), 6));
        all.add(Residual.of(3, List.of(2), 0.9, Mlp.of(3), NetworkExamples.context(), 5));
        return all;
    }
}
