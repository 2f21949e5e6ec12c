package org.fluvia.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fluvia.cli.source.ModelFile;
import org.fluvia.cli.source.UserError;
import org.fluvia.model.BoundModel;
import org.fluvia.model.Data;
import org.fluvia.model.ModelBuilder;
import org.fluvia.model.ModelSource;
import org.fluvia.support.Support;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which class of a file is the model, and what is said where none can be. */
class ModelFileTest {
    private static final String BODY = " { public void define(org.fluvia.model.ModelBuilder m) { helper(m); }"
            + " static void helper(org.fluvia.model.ModelBuilder m) { m.parameter(\"x\", org.fluvia.support.Support.real(), 2); } }\n";
    private static final String IS = " implements org.fluvia.model.ModelSource";

    @TempDir
    private Path folder;

    /** A model on the class path. */
    public static final class OnTheClassPath implements ModelSource {
        @Override
        public void define(ModelBuilder m) {
            m.parameter("x", Support.positive());
        }
    }

    private BoundModel bound(String source) {
        return ModelFile.of(Run.file(folder, "Model.java", source).toString()).model().bind(Data.empty());
    }

    private void assertRefused(String source, String... parts) {
        UserError e = assertThrows(UserError.class, () -> bound(source));
        for (String part : parts) assertTrue(e.getMessage().contains(part), () -> "expected \"" + part + "\" in: " + e.getMessage());
    }

    @Test
    void theModelIsNamedAsItsClass() {
        BoundModel model = bound("public class Model" + IS + BODY);
        assertEquals("Model", model.name());
        assertEquals(2, model.dimension());
    }

    @Test
    void neitherPackageNorFileNameNeedFit() {
        assertEquals("Other", bound("package a.b.c; public class Other" + IS + BODY).name());
    }

    @Test
    void otherClassesMayHelp() {
        assertEquals(3, bound("public class Model" + IS + " { public void define(org.fluvia.model.ModelBuilder m) { new Part(3).add(m); }"
                + " record Inner() {} }\n"
                + "record Part(int n) { void add(org.fluvia.model.ModelBuilder m) { m.parameter(\"x\", org.fluvia.support.Support.real(), n); } }").dimension());
    }

    @Test
    void aClassOnTheClassPathWillDo() {
        BoundModel model = ModelFile.of(OnTheClassPath.class.getName()).model().bind(Data.empty());
        assertEquals("OnTheClassPath", model.name());
        assertEquals(1, model.dimension());
    }

    @Test
    void aClassThatIsNoModelIsRefused() {
        UserError e = assertThrows(UserError.class, () -> ModelFile.of("java.lang.String"));
        assertTrue(e.getMessage().contains("java.lang.String must implement org.fluvia.model.ModelSource"), e.getMessage());
    }

    @Test
    void exactlyOnePublicModelIsNeeded() {
        assertRefused("public class Model {}", "no class in", "Model.java", "implements org.fluvia.model.ModelSource");
        assertRefused("", "no class in");
        assertRefused("class Hidden" + IS + BODY, "Hidden", "must be public");
        assertRefused("public class A" + IS + BODY + "public class B" + IS + BODY, "exactly one", "A, B");
    }

    @Test
    void theModelMustBeOneThatCanBeMade() {
        assertRefused("public abstract class Model" + IS + BODY, "class Model", "not abstract");
        assertRefused("public interface Model extends org.fluvia.model.ModelSource {}", "interface Model", "not abstract");
        assertRefused("public class Model" + IS + BODY.replaceFirst("\\{", "{ Model() {}"), "public constructor without arguments");
        assertRefused("public class Model" + IS + BODY.replaceFirst("\\{", "{ public Model(int n) {}"), "public constructor without arguments");
        assertRefused("public class Outer { public class Model" + IS + BODY + "}", "Model", "must be static");
    }

    @Test
    void whatItsConstructorThrowsIsPlaced() {
        assertRefused("public class Model" + IS + BODY.replaceFirst("\\{", "{\npublic Model() {\nObject o = null; o.hashCode(); }"),
                "Model.java:3: NullPointerException", "\"o\" is null");
        assertRefused("public class Model" + IS + BODY.replaceFirst("\\{", "{\nstatic int[] a = new int[-1];"),
                "Model.java:2: NegativeArraySizeException");
    }

    @Test
    void errorsBeyondTheTenthAreCounted() {
        assertRefused("public class Model {\n" + "int a = true;\n".repeat(12) + "}", "Model.java:11: error:", "and 13 more errors");
    }

    @Test
    void textInAnotherEncodingIsRefused() throws Exception {
        Path file = folder.resolve("Model.java");
        Files.write(file, "// \u00e9".getBytes(StandardCharsets.ISO_8859_1));
        UserError e = assertThrows(UserError.class, () -> ModelFile.of(file.toString()));
        assertTrue(e.getMessage().contains("UTF-8"), e.getMessage());
    }
}
