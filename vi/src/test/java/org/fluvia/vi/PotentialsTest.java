package org.fluvia.vi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.fluvia.flows.Flows;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Densities of two dimensions with several parts: a spline flow, fitted by the defaults, has their log Z. All six with -Dfluvia.studies=true. */
class PotentialsTest {
    static final List<Potentials> ALL = Potentials.all().stream()
            .filter(p -> Boolean.getBoolean("fluvia.studies") || List.of("U1", "two moons").contains(p.name())).toList();

    @ParameterizedTest
    @FieldSource("ALL")
    void logEvidenceIsThatOfTheWholeDensity(Potentials p) {
        Assessment a = Fit.of(p.model()).flow(Flows.splineCoupling()).run().assessment();
        assertEquals(p.logZ(), a.logEvidence().value(), 0.02, a.toString());
    }
}
