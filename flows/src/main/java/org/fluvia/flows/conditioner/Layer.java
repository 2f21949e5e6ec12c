package org.fluvia.flows.conditioner;

import java.util.List;
import org.fluvia.autodiff.Expr;

/** W h + b, with a matrix of whatever structure. */
interface Layer {
    List<Expr> weights();

    /** The log-density, but for a constant, of the matrix under the normal distribution that its random numbers are drawn from. */
    Expr logPrior();

    /** Of all units of the layer before. */
    Expr at(Expr h);
}
