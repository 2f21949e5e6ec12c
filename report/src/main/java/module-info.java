/** What leaves the library: draws, summaries, cross-validation and predictions as files. */
module org.fluvia.report {
    exports org.fluvia.report;

    requires transitive org.fluvia.vi;
    requires com.fasterxml.jackson.core;
    requires org.apache.commons.csv;
    requires static transitive org.jspecify;
}
