package org.fluvia.flows;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.fluvia.flows.transformer.Transformers;
import org.junit.jupiter.api.Test;

/** The tables of docs/flows.md are those of the catalogues. */
class DocumentedFlowsTest {

    @Test
    void theTablesAreThoseOfTheCatalogues() throws IOException {
        List<String> flows = new ArrayList<>(List.of("| Flow | What it is | Options: default, constraint | Source |", "|---|---|---|---|"));
        for (FlowFamily f : Flows.table()) {
            String options = f.options().stream().map(o -> "`" + o.name() + "`: " + o.standard() + ", " + o.constraint())
                    .collect(Collectors.joining("; "));
            flows.add(row("`" + f.name() + "`", f.description(), options, f.source()));
        }
        List<String> bijections = new ArrayList<>(List.of("| Bijection | What it is | Made of | Source |", "|---|---|---|---|"));
        for (BijectionFamily f : Bijections.table()) bijections.add(row("`" + f.name() + "`", f.description(), f.parameters(), f.source()));
        List<String> transformers = new ArrayList<>(List.of("| Transformer | What it is | Parameters of an element | Source |", "|---|---|---|---|"));
        for (var f : Transformers.table()) {
            String parameters = f.example().parameters().stream().map(p -> p.name()).collect(Collectors.joining(", "));
            transformers.add(row(f.name(), f.description(), parameters, f.source()));
        }
        List<String> tables = Files.readAllLines(Path.of("../docs/flows.md")).stream().filter(line -> line.startsWith("|")).toList();
        List<String> expected = new ArrayList<>(flows);
        expected.addAll(bijections);
        expected.addAll(transformers);
        assertEquals(String.join("\n", expected), String.join("\n", tables));
    }

    private static String row(String... cells) {
        return "| " + String.join(" | ", cells).replace("|  |", "| |").replaceAll(" $", "") + " |";
    }
}
