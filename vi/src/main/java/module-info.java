/** Variational inference: the fit, its verdict and the posterior. */
module org.fluvia.vi {
    exports org.fluvia.vi;
    exports org.fluvia.vi.diagnostics;
    exports org.fluvia.vi.objective;
    exports org.fluvia.vi.predictive;

    requires transitive org.fluvia.flows;
    requires ejml.ddense;
    requires static transitive org.jspecify;
}
