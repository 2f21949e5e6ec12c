package org.fluvia.cli.source;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Files of the wrong kind, told by their names: what they are, and what to name instead. */
final class FileKinds {
    private static final String CLASS =
            "Name its class, such as org.example.EightSchools, and put its folder or jar into FLUVIA_CLASSPATH.";
    private static final String FLOW = "fluvia";
    private static final String STAN = "stan";
    private static final Map<String, String> NO_MODEL = Map.of(
            FLOW, "is a flow that was learned, or a posterior, and a model is a Java source file. fluvia sample and fluvia density take flows,"
                    + " fluvia draws takes posteriors.",
            "json", "is JSON, and a model is a Java source file. Name the model first, and the data by --data.",
            "class", "is compiled. " + CLASS,
            "jar", "is compiled. " + CLASS,
            "kt", "is Kotlin, and only Java is compiled here. Compile it. " + CLASS,
            "scala", "is Scala, and only Java is compiled here. Compile it. " + CLASS);
    private static final Map<String, String> NO_DATA = Map.of(
            "csv", "is a table, and data are one JSON object, {\"y\": [1, 2], ...}: a column is a list.",
            "tsv", "is a table, and data are one JSON object, {\"y\": [1, 2], ...}: a column is a list.",
            "r", "is R code, and data are JSON. In R: jsonlite::write_json(list(y = y), \"data.json\", auto_unbox = TRUE, digits = NA).",
            "java", "is a Java source file, and data are JSON.",
            STAN, "is a Stan program, and data are JSON.");

    private static final Map<String, String> NO_TABLE = Map.of(
            "json", "is JSON, and a table is CSV with a header. In Python: pandas.DataFrame(data).to_csv(\"data.csv\", index=False).",
            "tsv", "has tabs between its columns, and a table is CSV, with commas.",
            "xlsx", "is a spreadsheet, and a table is CSV. Save it as CSV (UTF-8).",
            "parquet", "is Parquet, and a table is CSV. In Python: pandas.read_parquet(file).to_csv(\"data.csv\", index=False).",
            "java", "is a Java source file, and a table is CSV.",
            FLOW, "is a flow that was learned, or a posterior, and a table is CSV.");

    private FileKinds() {}

    /** Whether a name is that of a flow that was learned. */
    static boolean isFlow(Path file) {
        return kind(file).equals(FLOW);
    }

    /** Whether a name is that of a Stan program. */
    static boolean isStan(Path file) {
        return kind(file).equals(STAN);
    }

    /** @throws UserError if the file is known not to be a table */
    static void checkTable(String what, Path file) {
        String problem = NO_TABLE.get(kind(file));
        if (problem != null) throw new UserError(what + ": " + file + " " + problem);
    }

    /** Whether a name is that of a file and not of a class. */
    static boolean isKnown(Path file) {
        String kind = kind(file);
        return kind.equals("java") || NO_MODEL.containsKey(kind) || NO_DATA.containsKey(kind);
    }

    /** @throws UserError unless the file may be Java source */
    static void checkModel(Path file) {
        if (isSource(file)) return;
        String kind = kind(file);
        throw new UserError("MODEL: " + file + " "
                + NO_MODEL.getOrDefault(kind, "must be a Java source file, with a name that ends in .java, or a Stan program, with one that ends in .stan."));
    }

    /** Whether the file may be Java source: .java, or a name without a kind. */
    static boolean isSource(Path file) {
        return Set.of("", "java").contains(kind(file));
    }

    /** @throws UserError if the file is known not to be JSON */
    static void checkData(String what, Path file) {
        String problem = NO_DATA.get(kind(file));
        if (problem != null) throw new UserError(what + ": " + file + " " + problem);
    }

    private static String kind(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.lastIndexOf('.') <= 0 ? "" : name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
