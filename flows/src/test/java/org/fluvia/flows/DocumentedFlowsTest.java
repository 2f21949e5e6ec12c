package org.fluvia.flows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.fluvia.flows.transformer.Transformers;
import org.junit.jupiter.api.Test;

/** The tables of docs/flows.md are those of the catalogues. The page with tables as they should be is left in the build's folder. */
class DocumentedFlowsTest {

    @Test
    void theTablesAreThoseOfTheCatalogues() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("../docs/flows.md"));
        List<String> page = lines;
        for (List<String> table : List.of(flows(), bijections(), transformers())) page = with(table, page);
        Files.createDirectories(Path.of("target"));
        Files.write(Path.of("target/flows.md"), page);
        assertEquals(String.join("\n", page), String.join("\n", lines), "cp flows/target/flows.md docs");
    }

    private static List<String> flows() {
        List<String> rows = new ArrayList<>(List.of("| Flow | What it is | Options: default, constraint | Source |", "|---|---|---|---|"));
        for (FlowFamily f : Flows.table()) {
            String options = f.options().stream().map(o -> "`" + o.name() + "`: " + o.standard() + ", " + o.constraint())
                    .collect(Collectors.joining("; "));
            rows.add(row("`" + f.name() + "`", f.description(), options, f.source()));
        }
        return rows;
    }

    private static List<String> bijections() {
        List<String> rows = new ArrayList<>(List.of("| Bijection | What it is | Made of | Source |", "|---|---|---|---|"));
        for (BijectionFamily f : Bijections.table()) rows.add(row("`" + f.name() + "`", f.description(), f.parameters(), f.source()));
        return rows;
    }

    private static List<String> transformers() {
        List<String> rows = new ArrayList<>(List.of("| Transformer | What it is | Parameters of an element | Source |", "|---|---|---|---|"));
        for (var f : Transformers.table()) {
            String parameters = f.example().parameters().stream().map(p -> p.name()).collect(Collectors.joining(", "));
            rows.add(row(f.name(), f.description(), parameters, f.source()));
        }
        return rows;
    }

    /** The page with this table in the place of the one with its head. */
    private static List<String> with(List<String> table, List<String> page) {
        int from = page.indexOf(table.get(0));
        assertTrue(from >= 0, "docs/flows.md has no table with the head " + table.get(0));
        int to = from;
        while (to < page.size() && page.get(to).startsWith("|")) to++;
        List<String> result = new ArrayList<>(page.subList(0, from));
        result.addAll(table);
        result.addAll(page.subList(to, page.size()));
        return result;
    }

    private static String row(String... cells) {
        return "| " + String.join(" | ", cells).replace("|  |", "| |").replaceAll(" $", "") + " |";
    }
}
