package org.fluvia.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.fluvia.dist.Families;
import org.fluvia.dist.Family;
import org.fluvia.support.SupportKind;
import org.fluvia.support.Supports;
import org.junit.jupiter.api.Test;

/** The tables of docs/catalogues.md are those of the code. Where they are not, the right page is left in target/catalogues.md. */
class CatalogueTablesTest {
    private static final Path PAGE = Path.of("../docs/catalogues.md");
    private static final String HEAD = """
            # Catalogues

            What there is to build models from. The tables are those of the code (`Families.table()`, `Supports.table()`), and a test compares them.
            [Stan to Fluvia](stan.md) has them beside Stan's programs.

            ## Distributions

            `import static org.fluvia.dist.Distributions.*`; each parameter is a number, data or an expression. The formulas are those of the
            log-density, or log-mass.
            """;
    private static final String SUPPORTS = """

            ## Supports

            Where a parameter may lie, `m.parameter("a", Support.positive())`, and the map from the unconstrained u on which inference works.

            | | Stan | holds | the map |
            |---|---|---|---|
            """;

    @Test
    void thePageHasTheTables() throws IOException {
        StringBuilder page = new StringBuilder(HEAD);
        for (Family.Kind kind : Family.Kind.values()) {
            page.append("\n### ").append(kind).append("\n\n| | Stan | what it is | parameters | log-density |\n|---|---|---|---|---|\n");
            for (Family f : Families.table()) if (f.kind() == kind) page.append(row(f));
        }
        page.append(SUPPORTS);
        for (SupportKind s : Supports.table()) {
            page.append(row(List.of("`Support." + s.name() + "(" + String.join(", ", s.parameters()) + ")`", code(s.stanName()), s.description(),
                    code(s.transform()))));
        }
        Files.writeString(Path.of("target/catalogues.md"), page);
        assertEquals(page.toString(), Files.exists(PAGE) ? Files.readString(PAGE) : "", "copy examples/target/catalogues.md to docs");
    }

    private static String row(Family f) {
        String parameters = f.parameters().stream().map(CatalogueTablesTest::text).filter(t -> !t.isEmpty()).collect(Collectors.joining("; "));
        return row(List.of(code(f.call()), code(f.stanName()), f.description(), parameters, code(f.formula())));
    }

    /** "scale: positive and finite"; nothing of one that all numbers will do for. */
    private static String text(Family.Parameter p) {
        return p.constraints().stream().map(c -> c.words().replaceFirst("^be ", "")).reduce((a, b) -> a + ", " + b)
                .map(w -> code(p.name()) + ": " + w).orElse("");
    }

    private static String code(String text) {
        return text.isEmpty() ? "" : "`" + text + "`";
    }

    private static String row(List<String> cells) {
        return cells.stream().map(c -> c.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
