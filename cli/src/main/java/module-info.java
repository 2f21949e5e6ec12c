/** The command {@code fluvia}. */
module org.fluvia.cli {
    requires org.fluvia.plots;
    requires org.fluvia.report;
    requires org.fluvia.stan;
    requires ejml.ddense;
    requires info.picocli;
    requires org.apache.commons.csv;
    requires jdk.compiler; // models are compiled in memory
    requires static org.jspecify;

    opens org.fluvia.cli to info.picocli;
}
