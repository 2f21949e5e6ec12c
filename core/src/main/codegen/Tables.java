import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Writes the catalogues that the factories marked {@code @Listed} declare: {@code Distributions}, the public factories with an
 * overload for each way to give numbers and expressions, and the tables {@code Families} and {@code Supports}. A part of core's
 * build, which runs it as one source file: {@code java Tables.java SOURCES TARGET}. It parses and does not resolve names, and
 * writes a file only where its text changes.
 */
public final class Tables {
    private static final String DIST = "org.fluvia.dist";
    private static final String SUPPORT = "org.fluvia.support";
    private static final String NUMBER = "-?[0-9.]+";

    private static final String DISTRIBUTIONS = """
            /**
             * The distributions, for {@code import static org.fluvia.dist.Distributions.*}. A parameter is a number, data or an
             * expression of a model's parameters: a scalar, or an array with one value for each element. Parameters and their meaning
             * are Stan's (Stan Functions Reference), and names are Stan's in camel case, with short forms written out:
             * {@code inv_gamma} is {@code inverseGamma}. The formulas are those of the log-density, or log-mass, with all constants:
             * Stan's {@code _lpdf} and {@code _lpmf}.
             *
             * <p>An event is a number, the last axis of a value (a vector) or its last two (a matrix); the axes before them count
             * independent events. Each parameter is the same for all events, or has the same leading axes with one value for each
             * event: {@code mu} of a multivariate normal for values (N x K) is a vector (K) or (N x K). Vectors of equal elements can
             * be given as a scalar where it says so. Categories and ranks are data and counted from 1, as in Stan.
             *
             * <p>Values that are known when a model is recorded are checked: {@link IllegalArgumentException} names the distribution,
             * the parameter, its value and the user's line. What depends on a model's parameters is known only at run time: at invalid
             * parameters a density is not finite, and the draw is counted. {@link Families} has them as a table.
             */
            public final class Distributions {
                private Distributions() {}
            """;

    private static final String FAMILIES = """
            /**
             * The table of the distributions that {@link Distributions} makes: their names, ours and Stan's, parameters with
             * constraints, formulas, sources, and an example of each.
             */
            public final class Families {
                private static final Catalogue<Family> TABLE = Catalogue.of("distribution", List.of(
            """;

    private static final String FAMILIES_END = """

                private Families() {}

                /** All of them. */
                public static Catalogue<Family> table() {
                    return TABLE;
                }

                /** The family of a name in Stan's programs, {@code "inv_gamma"}, if there is one. */
                public static Optional<Family> ofStan(String name) {
                    return TABLE.rows().stream().filter(f -> f.stanName().equals(name) && !name.isEmpty()).findFirst();
                }
            }
            """;

    private static final String SUPPORTS = """
            /** The table of the supports that {@link Support} makes: their names, ours and Stan's, maps, sources, and an example of each. */
            public final class Supports {
                private static final Catalogue<SupportKind> TABLE = Catalogue.of("support", List.of(
            """;

    private static final String SUPPORTS_END = """

                private Supports() {}

                /** All of them. */
                public static Catalogue<SupportKind> table() {
                    return TABLE;
                }
            }
            """;

    /** A factory marked {@code @Listed}. */
    private record Factory(String owner, String name, List<Parameter> parameters, String doc, String stan, String source,
                           List<String> example) {
        List<String> names() {
            return parameters.stream().map(Parameter::name).toList();
        }

        List<String> exprs() {
            return parameters.stream().filter(Parameter::isExpr).map(Parameter::name).toList();
        }

        /** A call with the distributions of a list and the parameters of another. */
        String made() {
            List<String> passed = new ArrayList<>();
            int parts = 0;
            int own = 0;
            for (Parameter p : parameters) {
                passed.add(p.isExpr() ? "p.get(" + own++ + ")"
                        : p.type.equals("Distribution") ? "parts.get(" + parts++ + ")" : "parts.toArray(new Distribution[0])");
            }
            return "Distributions." + name + "(" + String.join(", ", passed) + ")";
        }

        Factory from(String reference) {
            return new Factory(owner, name, parameters, doc, stan, reference, example);
        }

        void checkExample() {
            if (example.size() == parameters.size()) return;
            throw new IllegalArgumentException(owner + "." + name + ": @Listed has an example for each parameter, which are " + names());
        }
    }

    private record Parameter(String type, String name, boolean exprOnly) {
        boolean isExpr() {
            return type.equals("Expr");
        }
    }

    private final Path target;
    private final Map<String, String> imports = new LinkedHashMap<>();

    private Tables(Path target) {
        this.target = target;
    }

    public static void main(String[] args) throws IOException {
        Path sources = Path.of(args[0]);
        Tables tables = new Tables(Path.of(args[1]));
        List<Factory> factories = tables.read(sources.resolve(DIST.replace('.', '/')));
        tables.write(DIST, "Distributions", tables.distributions(factories));
        tables.write(DIST, "Families", tables.families(factories));
        tables.write(SUPPORT, "Supports", tables.supports(tables.read(sources.resolve(SUPPORT.replace('.', '/')))));
    }

    // Reading

    private List<Factory> read(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(f -> f.toString().endsWith(".java")).sorted().toList();
        }
        List<Factory> factories = new ArrayList<>();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)) {
            JavacTask task = (JavacTask) compiler.getTask(null, manager, null, List.of("-proc:none"), null,
                    manager.getJavaFileObjectsFromPaths(files));
            DocTrees docs = DocTrees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                for (Tree type : unit.getTypeDecls()) {
                    if (!(type instanceof ClassTree owner)) continue;
                    for (Tree member : owner.getMembers()) {
                        if (member instanceof MethodTree method) {
                            factory(unit, owner, method, docs.getDocComment(TreePath.getPath(unit, method))).ifPresent(factories::add);
                        }
                    }
                }
            }
        }
        return factories;
    }

    private Optional<Factory> factory(CompilationUnitTree unit, ClassTree owner, MethodTree method, String doc) {
        Map<String, List<String>> listed = null;
        for (AnnotationTree a : method.getModifiers().getAnnotations()) {
            if (a.getAnnotationType().toString().equals("Listed")) listed = values(a);
        }
        if (listed == null) return Optional.empty();
        String where = owner.getSimpleName() + "." + method.getName();
        if (doc == null || !method.getModifiers().getFlags().contains(Modifier.STATIC)) {
            throw new IllegalArgumentException(where + ": what is @Listed is a static method with Javadoc");
        }
        List<Parameter> parameters = new ArrayList<>();
        for (VariableTree p : method.getParameters()) {
            boolean exprOnly = p.getModifiers().getAnnotations().stream()
                    .anyMatch(a -> a.getAnnotationType().toString().equals("ExprOnly"));
            boolean varargs = p.toString().contains("...");
            String type = p.getType().toString();
            parameters.add(new Parameter(varargs ? type.replace("[]", "...") : type, p.getName().toString(), exprOnly));
        }
        for (ImportTree i : unit.getImports()) {
            String name = i.getQualifiedIdentifier().toString();
            if (!i.isStatic()) imports.put(name.substring(name.lastIndexOf('.') + 1), name);
        }
        List<String> none = List.of("");
        return Optional.of(new Factory(owner.getSimpleName().toString(), method.getName().toString(), parameters, doc,
                listed.getOrDefault("stan", none).get(0), listed.getOrDefault("source", none).get(0),
                listed.getOrDefault("example", List.of())));
    }

    private static Map<String, List<String>> values(AnnotationTree annotation) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (ExpressionTree e : annotation.getArguments()) {
            AssignmentTree a = (AssignmentTree) e;
            List<? extends ExpressionTree> all = a.getExpression() instanceof NewArrayTree n
                    ? n.getInitializers() : List.of(a.getExpression());
            values.put(a.getVariable().toString(), all.stream().map(x -> ((LiteralTree) x).getValue().toString()).toList());
        }
        return values;
    }

    // Distributions

    private String distributions(List<Factory> factories) {
        StringBuilder b = new StringBuilder(DISTRIBUTIONS);
        String stan = "";
        String last = "";
        for (Factory f : factories) {
            if (!f.name.equals(last)) stan = f.stan;
            last = f.name;
            List<Integer> free = IntStream.range(0, f.parameters.size())
                    .filter(k -> f.parameters.get(k).isExpr() && !f.parameters.get(k).exprOnly).boxed().toList();
            for (int numbers = 0; numbers < 1 << free.size(); numbers++) { // a bit for each that is given as a number
                List<String> declared = new ArrayList<>();
                List<String> passed = new ArrayList<>();
                for (int k = 0; k < f.parameters.size(); k++) {
                    Parameter p = f.parameters.get(k);
                    boolean number = free.contains(k) && (numbers >> free.size() - 1 - free.indexOf(k) & 1) == 1;
                    declared.add((number ? "double" : p.type) + " " + p.name);
                    passed.add(number ? "Expr.of(" + p.name + ")" : p.name);
                }
                b.append('\n').append(javadoc(f.doc, stan));
                b.append("    public static Distribution " + f.name + "(" + String.join(", ", declared) + ") {\n");
                b.append("        return " + f.owner + "." + f.name + "(" + String.join(", ", passed) + ");\n    }\n");
            }
        }
        return b.append("}\n").toString();
    }

    /** The comment, with Stan's name at the end of its first paragraph. */
    private static String javadoc(String doc, String stan) {
        List<String> lines = doc.strip().lines().map(l -> l.startsWith(" ") ? l.substring(1) : l)
                .collect(Collectors.toCollection(ArrayList::new));
        if (!stan.isEmpty()) {
            int end = 0;
            while (end < lines.size() && !lines.get(end).isBlank() && !lines.get(end).startsWith("@")) end++;
            lines.add(end, "Stan's {@code " + stan + "}.");
        }
        return lines.stream().map(l -> ("     * " + l).stripTrailing() + "\n")
                .collect(Collectors.joining("", "    /**\n", "     */\n"));
    }

    // Tables

    private String families(List<Factory> factories) {
        List<String> rows = new ArrayList<>();
        String last = "";
        for (Factory f : factories) {
            if (f.name.equals(last)) continue;
            last = f.name;
            f.checkExample();
            List<String> parts = new ArrayList<>();
            List<String> own = new ArrayList<>();
            for (int k = 0; k < f.example.size(); k++) {
                String value = f.example.get(k);
                if (f.parameters.get(k).isExpr()) own.add(expr(value));
                else parts.add(value);
            }
            List<Factory> ways = factories.stream()
                    .filter(w -> w == f || w.name.equals(f.name) && w.parameters.stream().allMatch(Parameter::isExpr)).toList();
            String made = f.made();
            for (Factory w : ways.subList(1, ways.size())) {
                made = "p.size() == " + w.parameters.size() + " ? " + w.made() + " : " + made;
            }
            Factory row = f.source.isEmpty() && !f.stan.isEmpty() ? f.from("Stan Functions Reference, " + f.stan) : f;
            rows.add("            new Family(" + texts(row) + ",\n                    List.of(" + quoted(f.names()) + "), List.of("
                    + ways.stream().map(w -> "List.of(" + quoted(w.exprs()) + ")").collect(Collectors.joining(", ")) + "),\n"
                    + "                    (parts, p) -> " + made + ",\n"
                    + "                    () -> new Family.Ingredients(List.of(" + String.join(", ", parts) + "), List.of("
                    + String.join(", ", own) + ")))");
        }
        return FAMILIES + String.join(",\n", rows) + "));\n" + FAMILIES_END;
    }

    private String supports(List<Factory> factories) {
        List<String> rows = new ArrayList<>();
        for (Factory f : factories) {
            f.checkExample();
            String passed = IntStream.range(0, f.parameters.size()).mapToObj(k -> "p.get(" + k + ")")
                    .collect(Collectors.joining(", "));
            rows.add("            new SupportKind(" + texts(f) + ",\n                    List.of(" + quoted(f.names()) + "), p -> Support." + f.name
                    + "(" + passed + "), () -> List.of(" + f.example.stream().map(Tables::expr).collect(Collectors.joining(", ")) + "))");
        }
        return SUPPORTS + String.join(",\n", rows) + "));\n" + SUPPORTS_END;
    }

    private static String expr(String value) {
        return value.matches(NUMBER) ? "Expr.of(" + value + ")" : value;
    }

    /** The name, ours and Stan's, the description, the formula and the source, as Java. */
    private static String texts(Factory f) {
        String paragraph = f.doc.strip().split("\\R\\s*\\R|\\R\\s*@")[0].replaceAll("\\s+", " ");
        String first = paragraph.split("(?<=\\.) (?=[A-Z{])")[0].replaceAll("\\.$", "").replaceAll("\\{@code ([^}]*)}", "$1")
                .replaceAll("\\{@link [^}]*?([^\\s}]+)}", "$1").replace("&lt;", "<").replace("&gt;", ">");
        int colon = first.indexOf(": ");
        if (colon < 0) {
            throw new IllegalArgumentException(f.owner + "." + f.name + ": its Javadoc begins with what it is, a colon and what it computes");
        }
        String between = ",\n                    ";
        return quoted(List.of(f.name, f.stan)) + "," + between.substring(1) + quoted(List.of(first.substring(0, colon))) + between
                + quoted(List.of(first.substring(colon + 2))) + between + quoted(List.of(f.source));
    }

    private static String quoted(List<String> texts) {
        return texts.stream().map(t -> '"' + t.replace("\\", "\\\\").replace("\"", "\\\"") + '"').collect(Collectors.joining(", "));
    }

    // Writing

    private void write(String packageName, String name, String body) throws IOException {
        Set<String> used = new TreeSet<>(List.of(body.replaceAll("(?s)/\\*.*?\\*/|\"[^\"]*\"", "").split("\\W+")));
        Set<String> lines = new TreeSet<>();
        imports.put("Catalogue", "org.fluvia.catalogue.Catalogue");
        imports.put("List", "java.util.List");
        imports.put("Optional", "java.util.Optional");
        imports.put("Shape", "org.fluvia.autodiff.Shape");
        imports.forEach((simple, full) -> {
            if (used.contains(simple) && !full.equals(packageName + "." + simple)) lines.add("import " + full + ";\n");
        });
        String text = "// Written by src/main/codegen/Tables.java from what is @Listed.\npackage " + packageName + ";\n\n"
                + String.join("", lines) + "\n" + body;
        Path file = target.resolve(packageName.replace('.', '/')).resolve(name + ".java");
        if (Files.exists(file) && Files.readString(file).equals(text)) return;
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
