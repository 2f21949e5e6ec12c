package org.fluvia.flows;

import java.util.ArrayList;
import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.flows.bijection.Bijection;
import org.fluvia.flows.conditioner.Activation;
import org.fluvia.flows.conditioner.Context;
import org.fluvia.flows.conditioner.Masked;
import org.fluvia.flows.conditioner.Mlp;
import org.fluvia.flows.layer.Autoregressive;
import org.fluvia.flows.layer.Coupling;
import org.fluvia.flows.layer.Mask;
import org.fluvia.flows.transformer.Affine;

/** What examples depend on, and examples of layers with every kind of network and of mask. */
final class NetworkExamples {
    private NetworkExamples() {}

    /** Shared and with values of its own, so that an example can be replayed as it is. */
    static Context context() {
        return Context.of(Expr.shared("context", Shape.of(2), 0.3, -1.2));
    }

    static List<Bijection> couplings() {
        Context context = context();
        List<Bijection> all = new ArrayList<>();
        for (Activation activation : Activation.table()) {
            all.add(coupling(3, Mlp.of(3).activation(activation), Context.none(), 3));
        }
        for (Mask mask : List.of(Mask.alternate(5), Mask.chequerboard(2, 2, 3), Mask.chequerboard(2, 2, 3).opposite(), Mask.channels(3, 1, 2),
                Mask.of(true, false, false, true, true, false, false))) {
            all.add(Coupling.of(mask, Affine.bounded(2), Mlp.of(4), Context.none(), 7));
        }
        all.add(coupling(5, Mlp.of(4, 3, 5).residual(true), Context.none(), 7));
        all.add(coupling(5, Mlp.of(4, 3).weightNormalised(true), Context.none(), 7));
        all.add(coupling(4, Mlp.of(5, 4).activation(Activation.gelu()).residual(true).weightNormalised(true).lastLayer(0.1), context, 7));
        all.add(coupling(3, Mlp.of(4), Mlp.of(3).activation(Activation.silu()).embedding(context, 2, 8), 7));
        return all;
    }

    private static Bijection coupling(int dimension, Mlp network, Context context, long seed) {
        return Coupling.of(Mask.secondHalf(dimension), Affine.bounded(2), network, context, seed);
    }

    static List<Bijection> autoregressive() {
        Context context = context();
        Masked residual = Masked.of(Mlp.of(6, 4).activation(Activation.silu()).residual(true));
        Masked normalised = Masked.of(Mlp.of(6, 6).activation(Activation.elu()).weightNormalised(true).lastLayer(0.1));
        boolean[][] tree = new boolean[5][5];
        for (int i = 0; i < 4; i++) tree[i][(i + 4) / 2] = true;
        boolean[][] withContext = {{false, true, true, true, true}, {false, false, false, true, true}, {false, true, false, true, true}};
        return List.of(autoregressive(4, residual, Context.none()), autoregressive(3, residual.order(2, 0, 1), context),
                autoregressive(3, normalised, context), autoregressive(5, Masked.of(3).adjacency(tree), Context.none()),
                autoregressive(3, normalised.adjacency(withContext), context));
    }

    static Bijection autoregressive(int dimension) {
        return autoregressive(dimension, Masked.of(8), Context.none());
    }

    private static Bijection autoregressive(int dimension, Masked network, Context context) {
        return Autoregressive.of(dimension, Affine.bounded(2), network, context, 7);
    }
}
