package org.fluvia.flows.conditioner;

import java.util.List;
import org.fluvia.autodiff.Expr;

/** W h + b, with a matrix of whatever structure. */
interface Layer {
    List<Expr> weights();

    /** The log-density, but for a constant, of the matrix under the normal distribution that its random numbers are drawn from. */
    Expr logPrior();

    /** The log-density, but for a constant, of matrices under a normal distribution of mean 0 and variance 1 / inputs. */
    static Expr logPrior(Expr weights, int inputs) {
        return weights.square().sum().times(-0.5 * inputs);
    }

    /** Of the first of a network's layers, if it is not the last one too, which starts as zeros. */
    static Expr logPrior(List<? extends Layer> layers) {
        return layers.size() > 1 ? layers.get(0).logPrior() : Expr.of(0);
    }

    /** Of all units of the layer before. */
    Expr at(Expr h);
}
