package org.fluvia.flows.conditioner;

import java.util.ArrayList;
import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Functions;

/** W h + b of the patch h around each position: one product of matrices for all positions and draws. */
final class ConvolutionLayer implements Layer {
    private final Patches patches;
    private final Expr matrix;
    private final Expr bias;
    private final List<Expr> weights;

    ConvolutionLayer(Patches patches, Start start) {
        this.patches = patches;
        Elements elements = start.dense(patches.rows());
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
        Expr sums = matrix.matmul(patches.of(h));
        return sums.plus(Functions.repeatColumns(bias, sums.shape().dim(1)));
    }
}
