/** The command {@code fluvia}. */
module org.fluvia.cli {
    requires org.fluvia.report;
    requires info.picocli;
    requires java.compiler;
    requires static org.jspecify;

    opens org.fluvia.cli to info.picocli;
}
