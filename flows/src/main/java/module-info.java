/** Bijections and normalizing flows. */
module org.fluvia.flows {
    exports org.fluvia.flows;
    exports org.fluvia.flows.bijection;
    exports org.fluvia.flows.conditioner;
    exports org.fluvia.flows.distance;
    exports org.fluvia.flows.file;
    exports org.fluvia.flows.layer;
    exports org.fluvia.flows.residual;
    exports org.fluvia.flows.training;
    exports org.fluvia.flows.transformer;

    requires transitive org.fluvia.core;
    requires com.fasterxml.jackson.core;
    requires ejml.ddense;
    requires static transitive org.jspecify;
}
