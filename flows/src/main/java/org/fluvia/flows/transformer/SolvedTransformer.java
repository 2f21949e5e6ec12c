package org.fluvia.flows.transformer;

import java.util.List;
import java.util.function.UnaryOperator;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Solve;
import org.fluvia.flows.bijection.Cost;

/** A transformer without a formula for its inverse, which is solved for by {@link Solve}: all that it has to be is its {@link #forward}. */
public interface SolvedTransformer extends Transformer {

    @Override
    default Moved inverse(Expr y, List<Expr> parameters) {
        return at(Solve.increasing(y, value(parameters)), parameters);
    }

    @Override
    default Moved inverseKnowing(Expr y, List<Expr> parameters, Expr x) {
        return at(Solve.increasingKnowing(y, x, value(parameters)), parameters);
    }

    private UnaryOperator<Expr> value(List<Expr> parameters) {
        return x -> forward(x, parameters).value();
    }

    private Moved at(Expr x, List<Expr> parameters) {
        return new Moved(x, forward(x, parameters).logSlope().unaryMinus());
    }

    @Override
    default Cost inverseCost() {
        return Cost.ITERATIVE;
    }
}
