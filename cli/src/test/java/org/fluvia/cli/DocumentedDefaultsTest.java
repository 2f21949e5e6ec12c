package org.fluvia.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.fluvia.dynamics.Ode;
import org.fluvia.flows.Flows;
import org.fluvia.flows.Learning;
import org.fluvia.vi.Fit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The guide's table of options has each of them, with the defaults of the code and of the help. */
class DocumentedDefaultsTest {
    private static final Pattern DEFAULT = Pattern.compile("\\(default: ([^)]*)\\)");

    private String guide;
    /** Option to its row: default, code. */
    private final Map<String, String[]> rows = new LinkedHashMap<>();

    @BeforeEach
    void readTheGuide() throws IOException {
        guide = Files.readString(Path.of("../docs/guide.md"));
        read("| Option | Default |", rows);
    }

    private void read(String heading, Map<String, String[]> rows) {
        String table = guide.substring(guide.indexOf(heading));
        table.substring(0, table.indexOf("\n\n")).lines().skip(2).forEach(line -> {
            String[] cells = line.split("\\|", -1);
            Matcher option = Pattern.compile("`(--[a-z-]+)`").matcher(cells[1]);
            rows.put(option.find() ? option.group(1) : cells[3].strip(), new String[] {cells[2].strip(), cells[3].strip()});
        });
    }

    @Test
    void everyOptionIsThereWithTheDefaultThatItsHelpNames() {
        int named = 0;
        for (CommandLine command : FluviaCommand.commandLine().getSubcommands().values()) {
            String name = command.getCommandName();
            if (!name.equals("fit") && !name.equals("density")) continue;
            for (OptionSpec option : command.getCommandSpec().options()) {
                if (option.inherited()) continue;
                String[] row = rows.get(option.longestName());
                assertNotNull(row, "docs/guide.md has no row for " + option.longestName());
                Matcher byHelp = DEFAULT.matcher(String.join(" ", option.description()));
                if (byHelp.find()) {
                    assertEquals(byHelp.group(1), row[0], option.longestName());
                    named++;
                }
            }
        }
        assertTrue(named >= 5, "are defaults still named in the help?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"learn", "sample"})
    void soAreThoseOfFlowsThatAreLearned(String command) {
        Map<String, String[]> own = new LinkedHashMap<>();
        read("| Option of `" + command + "` | Default |", own);
        List<OptionSpec> options = FluviaCommand.commandLine().getSubcommands().get(command).getCommandSpec().options().stream()
                .filter(o -> !o.inherited()).toList();
        assertEquals(own.keySet(), options.stream().map(OptionSpec::longestName).collect(Collectors.toSet()));
        for (OptionSpec option : options) {
            Matcher byHelp = DEFAULT.matcher(String.join(" ", option.description()));
            if (byHelp.find()) assertEquals(byHelp.group(1), own.get(option.longestName())[0], option.longestName());
        }
        Learning learning = Learning.of(Flows.maf());
        if (command.equals("learn")) {
            assertEquals(Stream.of(learning.seed(), learning.epochs(), learning.batch(), learning.validation()).map(String::valueOf).toList(),
                    Stream.of("--seed", "--epochs", "--batch", "--validation").map(o -> own.get(o)[0]).toList());
        }
    }

    @Test
    void theDefaultsAreThoseOfTheCode() {
        assertEquals(Long.toString(Fit.DEFAULT_SEED), rows.get("--seed")[0]);
        assertEquals(Integer.toString(Fit.DEFAULT_DRAWS), rows.get("--draws")[0]);
        assertEquals(Fit.DEFAULT_LIMIT, new DurationConverter().convert(rows.get("--within")[0]));
        assertEquals(Flows.realNvp(), FitCommand.named(rows.get("--flow")[0]));
        assertTrue(rows.values().stream().anyMatch(r -> r[1].equals("`.batch(" + Fit.DEFAULT_BATCH + ")`")), "batch");
        String flat = guide.replaceAll("\\s+", " ");
        for (Object settings : new Object[] {Ode.rk45(), Ode.stiff(), Flows.realNvp()}) {
            assertTrue(flat.contains(settings.toString()), () -> "docs/guide.md does not say " + settings);
        }
    }

    @Test
    void everyChoiceInCodeIsThere() {
        for (Method method : Fit.class.getMethods()) {
            if (Modifier.isStatic(method.getModifiers()) || method.getReturnType() != Fit.class) continue;
            assertTrue(rows.values().stream().anyMatch(r -> r[1].contains("." + method.getName() + "(")),
                    () -> "docs/guide.md has no row for Fit." + method.getName());
        }
    }

    @Test
    void theHelpHasEveryFlow() {
        String help = FluviaCommand.commandLine().getSubcommands().get("fit").getUsageMessage().replaceAll("\\s+", " ");
        assertTrue(help.contains(String.join(", ", Flows.table().names())), help);
    }
}
