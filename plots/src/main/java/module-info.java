/** Pictures of flows and posteriors, as PNG and SVG. */
module org.fluvia.plots {
    exports org.fluvia.plots;

    requires transitive org.fluvia.vi;
    requires java.desktop;
    requires static transitive org.jspecify;
}
