package org.fluvia.flows.conditioner;

import java.util.ArrayList;
import java.util.List;
import org.fluvia.autodiff.Expr;

/** W h + b of a vector h, with a matrix all of whose elements are there. */
final class DenseLayer implements Layer {
    private final Expr matrix;
    private final Expr bias;
    private final List<Expr> weights;

    DenseLayer(int in, Start start) {
        Elements elements = start.dense(in);
        matrix = elements.values();
        bias = start.bias();
        weights = new ArrayList<>(elements.weights());
        weights.add(bias);
    }

    @Override
    public List<Expr> weights() {
        return weights;
    }

    @Override
    public Expr logPrior() {
        return Layer.logPrior(matrix, matrix.shape().dim(1));
    }

    @Override
    public Expr at(Expr h) {
        return matrix.matmul(h).plus(bias);
    }
}
