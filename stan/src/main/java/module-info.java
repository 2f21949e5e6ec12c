/** Stan programs, read into models. */
module org.fluvia.stan {
    exports org.fluvia.stan;

    requires transitive org.fluvia.core;
    requires static transitive org.jspecify;
}
