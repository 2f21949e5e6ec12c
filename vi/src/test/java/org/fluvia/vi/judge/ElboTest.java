package org.fluvia.vi.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.fluvia.vi.diagnostics.PsisReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The one definition of the ELBO, and of what is better beyond noise. */
class ElboTest {
    static final List<String> NAMES = PsisReference.NAMES;

    @ParameterizedTest
    @FieldSource("NAMES")
    void isTheMeanOfTheFiniteRatiosToFiftyDigits(String name) {
        PsisReference reference = PsisReference.read(name);
        Elbo elbo = Elbo.of(reference.ratios(), reference.ratios().length, 0);
        reference.assertClose("elbo", elbo.mean());
        reference.assertClose("elbo_se", Math.sqrt(elbo.variance() / elbo.possible()));
        assertEquals(Arrays.stream(reference.ratios()).filter(Double::isInfinite).count(), elbo.draws() - elbo.possible());
    }

    @Test
    void isThatOfTheDrawsWithADensityAndTheLogOfTheirShare() {
        Elbo elbo = Elbo.of(new double[] {1, Double.NEGATIVE_INFINITY, 3, Double.NaN, Double.POSITIVE_INFINITY}, 4, 0.5);
        assertEquals(2, elbo.possible());
        assertEquals(1, elbo.broken());
        assertEquals(2.5 + Math.log(0.5), elbo.value(), 1e-15);
        assertEquals(Math.sqrt((2 + 0.5) / 2), elbo.standardError(), 1e-15);
        assertEquals(elbo.value() - elbo.standardError(), elbo.score(0.25), 1e-15);
        assertEquals(elbo.value() - elbo.standardError() + Math.log(0.5 / 0.75), elbo.score(0.75), 1e-15);
        assertEquals(Double.NEGATIVE_INFINITY, Elbo.of(new double[] {Double.NaN}, 1, 0).value());
    }

    /** Two approximations whose ratios differ by 0.01 and next to no noise, on draws whose ratios vary by 1. */
    @Test
    void commonDrawsTellWhatOwnDrawsCannot() {
        SplittableRandom random = new SplittableRandom(1);
        double[] one = new double[1000];
        double[] other = new double[1000];
        for (int i = 0; i < one.length; i++) {
            one[i] = random.nextGaussian();
            other[i] = one[i] - 0.01 + 0.001 * random.nextGaussian();
        }
        Gain common = Gain.onCommonDraws(score(one), score(other));
        Gain own = Gain.onOwnDraws(score(one).elbo(), score(other).elbo());
        assertEquals(0.01, common.value(), 2e-4);
        assertEquals(common.value(), own.value());
        assertEquals(0.001 / Math.sqrt(1000), common.standardError(), 3e-6);
        assertTrue(common.isBeyond(4) && !common.isWithin(4));
        assertTrue(own.isWithin(4) && !own.isBeyond(4));
        assertFalse(Gain.onCommonDraws(score(other), score(one)).isBeyond(1));
    }

    @Test
    void anyDensityIsBetterThanNone() {
        Score none = score(new double[] {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY});
        Score some = score(new double[] {-1e100, -1e100});
        assertTrue(Gain.onCommonDraws(some, none).isBeyond(1));
        assertFalse(Gain.onCommonDraws(none, some).isBeyond(1));
        assertFalse(Gain.onCommonDraws(none, none).isBeyond(1));
        assertTrue(Gain.onOwnDraws(none.elbo(), none.elbo()).isWithin(4));
    }

    private static Score score(double[] ratios) {
        Elbo elbo = Elbo.of(ratios, ratios.length, 0);
        return new Score(ratios, elbo, elbo.score(0.25));
    }
}
