/** Fluvia's core: expressions and their derivatives, supports, distributions, the model DSL and data. */
@SuppressWarnings("module") // those it is open to come after it
module org.fluvia.core {
    exports org.fluvia.autodiff;
    exports org.fluvia.autodiff.analysis to org.fluvia.stan, org.fluvia.vi;
    exports org.fluvia.autodiff.tape to org.fluvia.vi;
    exports org.fluvia.catalogue;
    exports org.fluvia.dist;
    exports org.fluvia.dynamics;
    exports org.fluvia.file to org.fluvia.flows, org.fluvia.report, org.fluvia.vi;
    exports org.fluvia.model;
    exports org.fluvia.support;
    exports org.fluvia.kernel.provider to org.fluvia.cli;
    exports org.fluvia.kernel.special to org.fluvia.vi;
    exports org.fluvia.text to org.fluvia.cli, org.fluvia.flows, org.fluvia.plots, org.fluvia.report, org.fluvia.vi;

    requires transitive ejml.core;
    requires ejml.ddense;
    requires com.fasterxml.jackson.core;
    requires org.apache.commons.numbers.gamma;
    requires org.apache.commons.rng.api;
    requires org.apache.commons.rng.sampling;
    requires static jdk.incubator.vector;
    requires static transitive org.jspecify;

    uses org.fluvia.autodiff.op.Recurrences;
    provides org.fluvia.autodiff.op.Recurrences with org.fluvia.autodiff.loop.ScanLoops;
}
