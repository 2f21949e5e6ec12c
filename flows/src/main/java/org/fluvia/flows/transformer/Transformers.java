package org.fluvia.flows.transformer;

import java.util.List;
import org.fluvia.catalogue.Catalogue;

/** The catalogue of transformers. */
public final class Transformers {
    private static final Catalogue<TransformerFamily> TABLE = Catalogue.of("transformer", List.of(
            new TransformerFamily("shift", "y = x + shift", "Dinh et al. 2015, eq. 6", Shift.of()),
            new TransformerFamily("affine", "y = exp(s) x + shift, with any log scale s", "", Affine.unbounded()),
            new TransformerFamily("affine, bounded", "y = exp(s) x + shift, with s = c tanh(log scale / c)", "Dinh et al. 2017, eq. 7-8",
                    Affine.bounded(2)),
            new TransformerFamily("sinh-arcsinh", "y = sinh(exp(w) asinh(x) + skew)", "Jones and Pewsey 2009", SinhArcsinh.of())));

    private Transformers() {}

    public static Catalogue<TransformerFamily> table() {
        return TABLE;
    }
}
