package org.fluvia.vi;

import static org.fluvia.dist.Distributions.normal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import org.fluvia.autodiff.Expr;
import org.fluvia.flows.Flows;
import org.fluvia.model.Data;
import org.fluvia.model.Model;
import org.fluvia.model.ModelException;
import org.fluvia.support.Support;
import org.junit.jupiter.api.Test;

class CalibrationTest {
    private static final Data SIZES = Data.empty().with("y", 0, 0, 0);

    private static final Model MODEL = Model.define("mean", m -> {
        Expr mu = m.sample("mu", normal(0, 1));
        m.derive("same", mu.times(0).plus(3));
        m.derive("root", mu.sqrt());
        m.observe("y", normal(mu, 1));
    });

    @Test
    void rightFitsAreCalibratedAndTheSameOnEachNumberOfThreads() {
        List<Integer> steps = new ArrayList<>();
        Fit fit = Fit.of(MODEL.compile(SIZES)).data(SIZES).flow(Flows.fullRank()).seed(3);
        Calibration c = fit.threads(2).progress(e -> steps.add(e.step())).calibrate(20);
        assertTrue(c.isCalibrated(), c.toString());
        assertEquals(20, c.trusted());
        assertEquals(List.of("mu", "root", Calibration.LOG_DENSITY), c.names(), "what is the same in all has no rank");
        assertEquals(20, c.ranks("root").length, "what is no number has its place above all others");
        assertEquals(21, steps.size());
        assertEquals(20, steps.get(19));
        Calibration again = fit.threads(1).calibrate(20);
        for (int r = 0; r < 20; r++) assertEquals(c.outcomes().get(r).ranks(), again.outcomes().get(r).ranks());
    }

    /** As a fit would give them whose posteriors are what the name says. */
    private static Calibration of(Verdict verdict, IntUnaryOperator rank) {
        SplittableRandom random = new SplittableRandom(1);
        List<Calibration.Outcome> all = new ArrayList<>();
        for (int r = 0; r < 300; r++) {
            Map<String, Integer> ranks = new HashMap<>();
            ranks.put("a", rank.applyAsInt(random.nextInt(100)));
            all.add(new Calibration.Outcome(verdict, ranks, 0.1));
        }
        return new Calibration("made", 99, all);
    }

    @Test
    void whichWayFitsAreWrongIsSaid() {
        assertEquals(Map.of(), of(Verdict.PASS, r -> r).miscalibrated());
        assertEquals(Map.of("a", "posteriors are too low"), of(Verdict.PASS, r -> Math.min(99, r + r % 40)).miscalibrated());
        assertEquals(Map.of("a", "posteriors are too high"), of(Verdict.PASS, r -> r * r / 99).miscalibrated());
        assertEquals(Map.of("a", "posteriors are too narrow"), of(Verdict.PASS, r -> r < 50 ? r * r / 49 : 99 - (99 - r) * (99 - r) / 49).miscalibrated());
        assertEquals(Map.of("a", "posteriors are too wide"), of(Verdict.PASS, r -> 50 + (r - 50) / 2).miscalibrated());
        Calibration wide = of(Verdict.PASS, r -> 50 + (r - 50) / 2);
        assertFalse(wide.isCalibrated());
        assertTrue(wide.toString().contains("Not calibrated: of a posteriors are too wide."), wide.toString());
    }

    @Test
    void fitsThatAreNotTrustedAreLeftOutAndCounted() {
        Calibration none = of(Verdict.FAIL, r -> r);
        assertFalse(none.isCalibrated());
        assertTrue(none.toString().contains("No fit is trusted"), none.toString());
        List<Calibration.Outcome> some = new ArrayList<>(of(Verdict.FAIL, r -> 0).outcomes());
        some.addAll(of(Verdict.RESAMPLED, r -> r).outcomes());
        Calibration mixed = new Calibration("made", 99, some);
        assertTrue(mixed.isCalibrated(), mixed.toString());
        assertTrue(mixed.toString().contains("300 fits say themselves that they are not to be trusted (FAIL), and are left out."), mixed.toString());
        assertEquals(300, mixed.ranks("a").length);
    }

    @Test
    void whatCannotBeDrawnIsRefused() {
        Model flat = Model.define("flat", m -> m.observe("y", normal(m.parameter("mu", Support.real()), 1)));
        assertThrows(ModelException.class, () -> Fit.of(flat).data(SIZES).calibrate(20));
        assertThrows(OptionException.class, () -> Fit.of(MODEL).data(SIZES).calibrate(19));
    }
}
