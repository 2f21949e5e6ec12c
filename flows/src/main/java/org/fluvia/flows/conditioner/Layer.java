package org.fluvia.flows.conditioner;

import java.util.List;
import org.fluvia.autodiff.Expr;

/** W h + b, with a matrix of whatever structure. */
interface Layer {
    List<Expr> weights();

    /** Of all units of the layer before. */
    Expr at(Expr h);
}
