package org.fluvia.vi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Functions;
import org.fluvia.flows.Flows;
import org.fluvia.model.Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Densities of two dimensions with several parts: a spline flow, fitted by the defaults, has their log Z. All six with -Dfluvia.studies=true. */
class PotentialsTest {
    static final List<Potentials> ALL = Potentials.all().stream()
            .filter(p -> Boolean.getBoolean("fluvia.studies") || List.of("U1", "two moons").contains(p.name())).toList();

    @ParameterizedTest
    @FieldSource("ALL")
    void logEvidenceIsThatOfTheWholeDensity(Potentials p) {
        Assessment a = Fit.of(p.model()).finish(Finish.WEIGHTS).flow(Flows.splineCoupling()).run().assessment();
        assertEquals(p.logZ(), a.logEvidence().value(), 0.02, a.toString());
    }

    /** Normal distributions far apart, of unequal shares and scales: a mixture of two of them is all that there is, and log Z is 1. */
    @Test
    void aMixtureOfTwoNormalDistributionsIsFitted() {
        Model two = Model.logDensity("two", 2, x -> {
            Expr left = x.get(0).plus(6).square().plus(x.get(1).square()).times(-0.5).plus(Math.log(0.3));
            Expr right = x.get(0).minus(x.get(1)).minus(5).square().plus(x.get(1).square()).times(-2).plus(Math.log(0.7) + 2 * Math.log(2));
            return Functions.logAddExp(left, right).minus(Math.log(2 * Math.PI)).plus(1);
        });
        Assessment a = Fit.of(two).finish(Finish.WEIGHTS).flow(Flows.mixture().components(2).flow(Flows.fullRank())).run().assessment();
        assertEquals(1, a.logEvidence().value(), 0.02, a.toString());
        // training ends before shares are exact: gains are told apart on common draws, some of which change parts
        assertEquals(1, a.elbo().value(), 0.05, a.toString());
    }
}
