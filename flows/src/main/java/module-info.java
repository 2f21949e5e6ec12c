/** Bijections and normalizing flows. */
module org.fluvia.flows {
    exports org.fluvia.flows;

    requires transitive org.fluvia.core;
    requires static org.jspecify;
}
