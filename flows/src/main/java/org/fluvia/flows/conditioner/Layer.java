package org.fluvia.flows.conditioner;

import java.util.List;
import org.fluvia.autodiff.Expr;

/** W h + b, with a matrix of whatever structure. */
interface Layer {
    List<Expr> weights();

    /** The log-density, but for a constant, of the matrix under Cauchy distributions of the scale that its random numbers are drawn with. */
    Expr logPrior();

    /**
     * The log-density, but for a constant, of matrices under Cauchy distributions around 0 of scale inputs^(-1/2): the sum of -log(1 + inputs w^2).
     * What is not needed is kept as small as by a normal distribution, and what must be large is hardly held back: few inputs with sharp edges
     * take weights ten times the scale.
     */
    static Expr logPrior(Expr weights, int inputs) {
        return weights.square().times(inputs).log1p().sum().unaryMinus();
    }

    /** Of the first of a network's layers, if it is not the last one too, which starts as zeros. */
    static Expr logPrior(List<? extends Layer> layers) {
        return layers.size() > 1 ? layers.get(0).logPrior() : Expr.of(0);
    }

    /** Of all units of the layer before. */
    Expr at(Expr h);
}
