/** What leaves the library: draws, summaries, cross-validation and predictions as files, and a report for people. */
module org.fluvia.report {
    exports org.fluvia.report;

    requires transitive org.fluvia.vi;
    requires org.fluvia.plots;
    requires com.fasterxml.jackson.core;
    requires org.apache.commons.csv;
    requires static transitive org.jspecify;
}
