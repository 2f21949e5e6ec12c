package org.fluvia.flows.transformer;

import java.util.List;
import org.fluvia.catalogue.Catalogue;

/** The catalogue of transformers. */
public final class Transformers {
    private static final Catalogue<TransformerFamily> TABLE = Catalogue.of("transformer", List.of(
            new TransformerFamily("shift", "y = x + shift", "Dinh et al. 2015, eq. 6", Shift.of(), 1e300),
            new TransformerFamily("affine", "y = exp(s) x + shift, with any log scale s", "", Affine.unbounded(), 1e300),
            new TransformerFamily("affine, bounded", "y = exp(s) x + shift, with s = c tanh(log scale / c)", "Dinh et al. 2017, eq. 7-8",
                    Affine.bounded(2), 1e300),
            new TransformerFamily("sinh-arcsinh", "y = sinh(exp(w) asinh(x) + skew)", "Jones and Pewsey 2009", SinhArcsinh.of(), 1e20),
            new TransformerFamily("rational-quadratic spline", "K bins on +-bound with a slope at each knot, the identity outside",
                    "Durkan et al. 2019, eq. 4-8", RationalQuadraticSpline.of(3, 2), 1e300)));

    private Transformers() {}

    public static Catalogue<TransformerFamily> table() {
        return TABLE;
    }
}
