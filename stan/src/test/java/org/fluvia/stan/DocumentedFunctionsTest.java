package org.fluvia.stan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fluvia.stan.library.Densities;
import org.fluvia.stan.library.Library;
import org.junit.jupiter.api.Test;

/** The lists of docs/stan-programs.md are the tables of the code. */
class DocumentedFunctionsTest {
    @Test
    void functionsAreListed() throws IOException {
        assertEquals(Library.names(), listed("## Functions"));
    }

    @Test
    void distributionsAreListed() throws IOException {
        assertEquals(Densities.names(), listed("## Distributions"));
    }

    /** The words in code quotes of the first paragraph after a heading. */
    private static SortedSet<String> listed(String heading) throws IOException {
        String text = Files.readString(Path.of("../docs/stan-programs.md"));
        assertTrue(text.contains(heading), heading);
        String after = text.substring(text.indexOf(heading) + heading.length()).strip();
        Matcher words = Pattern.compile("`(\\w+)`").matcher(after.substring(0, after.indexOf("\n\n")));
        SortedSet<String> names = new TreeSet<>();
        while (words.find()) names.add(words.group(1));
        return names;
    }
}
