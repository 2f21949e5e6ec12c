package org.fluvia.vi.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fluvia.flows.training.Optimisers;
import org.junit.jupiter.api.Test;

class FitPlanTest {
    private static final Path SOURCE = Path.of("src/main/java/org/fluvia/vi/plan/FitPlan.java");

    /** What a constant is, and why: words, a source, an experiment, or that it was chosen. */
    @Test
    void everyConstantIsExplainedWhereItStands() throws IOException {
        String source = Files.readString(SOURCE);
        int count = 0;
        for (RecordComponent part : FitPlan.class.getRecordComponents()) {
            int end = source.indexOf("public record " + part.getType().getSimpleName() + "(");
            String javadoc = source.substring(source.lastIndexOf("/**", end), end).replaceAll("\\s*\\n\\s*\\* *", " ");
            for (RecordComponent constant : part.getType().getRecordComponents()) {
                String name = part.getName() + "." + constant.getName();
                Matcher m = Pattern.compile("@param " + constant.getName() + " (.*?)( @param| /\\s*$)").matcher(javadoc);
                assertTrue(m.find(), name + " is not explained");
                assertTrue(m.group(1).length() > 20 || m.group(1).contains("chosen"), name + ": why?");
                count++;
            }
        }
        assertTrue(count > 90, count + " constants");
    }

    @Test
    void itNamesAnOptimiserOfTheTable() {
        assertTrue(Optimisers.table().find(FitPlan.standard().training().optimiser()).isPresent());
    }

    @Test
    void anExperimentVariesOneConstant() {
        FitPlan standard = FitPlan.standard();
        FitPlan varied = standard.with("training.rate", 1e-3).with("starts.pairs", 3);
        assertEquals(1e-3, varied.training().rate());
        assertEquals(3, varied.starts().pairs());
        assertEquals(standard, varied.with("training.rate", standard.training().rate()).with("starts.pairs", 2));
    }

    @Test
    void fewerDrawsAreMadeTheMoreADensityCosts() {
        FitPlan standard = FitPlan.standard();
        assertEquals(standard, Effort.of(standard, 200_000));
        FitPlan before = standard;
        for (long work = 300_000; work > 0; work *= 4) {
            FitPlan now = Effort.of(standard, work);
            assertTrue(now.judging().proposals() <= before.judging().proposals() && now.gaussian().draws() <= before.gaussian().draws()
                    && now.population().particles() <= before.population().particles());
            assertTrue(now.judging().proposals() >= now.proposing().least() && now.gaussian().draws() > now.gaussian().leastFinite());
            before = now;
        }
    }

    @Test
    void whatIsNoConstantIsRefused() {
        FitPlan standard = FitPlan.standard();
        for (String name : new String[] {"training.speed", "rate", "train.rate", ""}) {
            assertThrows(IllegalArgumentException.class, () -> standard.with(name, 1.0), name);
        }
        assertThrows(IllegalArgumentException.class, () -> standard.with("training.rate", "fast"));
    }
}
