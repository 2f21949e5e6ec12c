package org.fluvia.plots;

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.NormalNoise;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.Workspace;
import org.fluvia.flows.FittedFlow;
import org.fluvia.flows.MappedFlow;
import org.fluvia.flows.bijection.Bijection;
import org.fluvia.flows.bijection.Chain;

/** Draws of a flow on their way: those of its base, then what each layer makes of them. */
final class Stages {
    private Stages() {}

    static List<DMatrixRMaj> of(FittedFlow flow, int n, long seed) {
        Checks.atLeast("layers", "dimension of the flow", 2, Checks.present("layers", "flow", flow).flow().dimension());
        Checks.atLeast("layers", "n", 1, n);
        if (flow.flow().parts().size() != 1) {
            throw new IllegalArgumentException("layers: the flow must be made of one base and one bijection, but is a mixture of "
                    + flow.flow().parts().size() + ". Show its density instead.");
        }
        MappedFlow mapped = flow.flow().parts().get(0);
        Expr noise = Expr.perDraw("noise", Shape.of(flow.flow().dimension()));
        List<Expr> stages = new ArrayList<>();
        stages.add(mapped.base().ofNoise(noise));
        for (Bijection layer : layers(mapped.bijection())) stages.add(layer.forward(stages.get(stages.size() - 1)).value());
        Program program = Program.of(stages);
        Workspace w = program.workspace();
        flow.flow().weights().set(w, flow.weights());
        w.set(noise, NormalNoise.of(seed));
        w.run(n);
        return stages.stream().map(s -> w.perDraw(s).copy()).toList();
    }

    private static List<Bijection> layers(Bijection bijection) {
        return bijection instanceof Chain chain ? chain.layers().stream().flatMap(l -> layers(l).stream()).toList() : List.of(bijection);
    }
}
