package org.fluvia.flows.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.fluvia.file.Json;
import org.fluvia.file.Refused;
import org.fluvia.flows.Base;
import org.fluvia.flows.FlowSpec;
import org.fluvia.flows.Flows;
import org.fluvia.flows.transformer.Affine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Recipes as JSON and back. */
class TreeTest {

    static Stream<FlowSpec> recipes() {
        return Recipes.all().stream();
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void whatIsReadIsWhatWasWritten(FlowSpec spec) throws Refused {
        String line = Json.line(new Tree(Recipes.dimension(spec)).of(spec));
        assertEquals(line, Json.line(Json.read(line)));
        FlowSpec read = read(Json.read(line), Recipes.dimension(spec));
        assertEquals(spec.toString(), read.toString());
        assertEquals(line, Json.line(new Tree(Recipes.dimension(spec)).of(read)));
        if (!line.contains("\"from\"")) assertEquals(spec, read); // one function is not another
    }

    /** What is in no list of parts cannot be saved: so a new one must be there. */
    @Test
    void everyClassOfAPartHasAName() throws Exception {
        Path root = Path.of(FlowSpec.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        for (Parts<?> parts : Parts.ALL) {
            Set<Class<?>> named = parts.examples().values().stream().map(Object::getClass).collect(Collectors.toSet());
            Set<Class<?>> there = classes(root).stream().filter(c -> parts.type().isAssignableFrom(c) && !Modifier.isAbstract(c.getModifiers()))
                    .collect(Collectors.toSet());
            assertTrue(there.size() > 3, parts.kind());
            assertEquals(Set.of(), there.stream().filter(c -> !named.contains(c)).collect(Collectors.toSet()), parts.kind());
        }
    }

    private static List<Class<?>> classes(Path root) throws Exception {
        List<Class<?>> all = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".class") && !f.endsWith("module-info.class")).toList()) {
                String name = root.relativize(file).toString().replace(File.separatorChar, '.');
                all.add(Class.forName(name.substring(0, name.length() - ".class".length()), false, FlowSpec.class.getClassLoader()));
            }
        }
        return all;
    }

    @Test
    void namesAreThoseOfTheRowThatIsMostLikeIt() {
        assertEquals("maf", Parts.FLOWS.name(Flows.maf().layers(9)));
        assertEquals("iaf", Parts.FLOWS.name(Flows.iaf().layers(9)));
        assertEquals("sos", Parts.FLOWS.name(Flows.sos().hidden(8)));
        assertEquals("affine", Parts.TRANSFORMERS.name(Affine.unbounded()));
        assertEquals("affine, bounded", Parts.TRANSFORMERS.name(Affine.bounded(2)));
        assertEquals("diagonal", Parts.FLOWS.name(Flows.diagonal()));
        assertEquals("{\"family\":\"from\",\"spec\":{\"family\":\"lowRank\",\"rank\":3},\"base\":{\"family\":\"Student t\",\"df\":4.5}}",
                Json.line(new Tree(2).of(Flows.lowRank().rank(3).from(d -> Base.studentT(d, 4.5)))));
    }

    @Test
    void recipesOfOnesOwnAreRefused() {
        FlowSpec own = (dimension, seed, context) -> Flows.diagonal().build(dimension, seed, context);
        String message = assertThrows(IllegalArgumentException.class, () -> new Tree(2).of(Flows.maf().then(own))).getMessage();
        assertTrue(message.startsWith("FlowFile: recipe must be made of what Fluvia has tables of, but its flow is one of your own, "), message);
    }

    @Test
    void whatIsNoRecipeIsRefused() {
        assertRefused("its header must have an object as a flow, but has null", "null");
        assertRefused("it names a flow java.lang.Runtime, which this version does not have", "{'family': 'java.lang.Runtime'}");
        assertRefused("it names a flow null, which this version does not have", "{'rank': 3}");
        assertRefused("its diagonal has what this version does not know, rank", "{'family': 'diagonal', 'rank': 3}");
        assertRefused("its lowRank has what this version does not know, colour", "{'family': 'lowRank', 'rank': 3, 'colour': 1}");
        assertRefused("its header says what cannot be (LowRank: rank must be at least 1, but was 0)", "{'family': 'lowRank', 'rank': 0}");
        assertRefused("its header must have a whole number from -2147483648 to 2147483647 as lowRank: rank, but has 1.5", "{'family': 'lowRank', 'rank': 1.5}");
        assertRefused("its header must have a whole number from -2147483648 to 2147483647 as lowRank: rank, but has null", "{'family': 'lowRank', 'rank': null}");
        assertRefused("its header must have a list as maf: hidden, but has 3", "{'family': 'maf', 'hidden': 3}");
        assertRefused("its header has maf: cheap SIDEWAYS, which this version does not have", "{'family': 'maf', 'cheap': 'SIDEWAYS'}");
        assertRefused("its header says what cannot be (AffineAutoregressive: cheap must not be null)", "{'family': 'maf', 'cheap': null}");
        assertRefused("its header must have an object as a transformer, but has null", "{'family': 'sos', 'transformer': null}");
        assertRefused("its header says what cannot be (studentT: df must be from 0.6 to 1e5, but was 0.0)",
                "{'family': 'from', 'base': {'family': 'Student t', 'df': 0}}");
    }

    /** So that a file of before an option was there is read after. */
    @Test
    void anOptionThatIsNotGivenIsThatOfTheTable() throws Refused {
        assertEquals(Flows.maf().hidden(7), read(Json.read("{\"family\": \"maf\", \"hidden\": [7]}"), 2));
    }

    private static FlowSpec read(Object tree, int dimension) throws Refused {
        return Tree.read(FlowSpec.class, tree, "recipe", dimension);
    }

    private static void assertRefused(String message, String json) {
        assertEquals(message, assertThrows(Refused.class,
                () -> read(json.equals("null") ? null : Json.read(json.replace('\'', '"')), 2)).getMessage());
    }
}
