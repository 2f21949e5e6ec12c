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
            new TransformerFamily("sinh-arcsinh, bounded", "y = sinh(exp(w) asinh(x) + skew), with w and skew held within +-c by c tanh(number / c)",
                    "Jones and Pewsey 2009", SinhArcsinh.bounded(2), 1e20),
            new TransformerFamily("rational-quadratic spline", "y = a spline of K bins on +-bound with a slope at each knot, the identity outside",
                    "Durkan et al. 2019, eq. 4-8", RationalQuadraticSpline.of(3, 2), 1e300),
            new TransformerFamily("tail transform", "y = x exp(d x^2 / 2), or its inverse where d < 0, with a weight d of the left tail and of the right",
                    "Goerg 2015", TailTransform.of(), 1e300),
            new TransformerFamily("LOFT", "y = x up to tau, logarithmic beyond", "Andrade 2024", Loft.of(1), 600),
            new TransformerFamily("soft clamp", "y = c asinh(x / c)", "", SoftClamp.of(2), 600),
            new TransformerFamily("circular spline", "y = a spline of an angle x in bins on the circle, with a slope at each knot, and a turn",
                    "Rezende et al. 2020, section 2.1.4", CircularSpline.of(2), 1e300),
            new TransformerFamily("deep sigmoidal", "y = shift + the logit of a mixture of sigmoids of x", "Huang et al. 2018, eq. 8",
                    new DeepSigmoidal(3), 1e300),
            new TransformerFamily("unconstrained monotonic", "y = shift + the integral of exp(network) from 0 to x", "Wehenkel and Louppe 2019, eq. 1",
                    new UnconstrainedMonotonic(3, 4), 1e300),
            new TransformerFamily("sum of squares", "y = shift + the integral of a sum of squares of polynomials from 0 to x", "Jaini et al. 2019, eq. 9",
                    new SumOfSquares(2, 3, 5), 1e300),
            new TransformerFamily("Bernstein", "y = a Bernstein polynomial of x with increasing coefficients", "Ramasinghe et al. 2021, eq. 3",
                    new Bernstein(5, 5), 1e300)));

    private Transformers() {}

    /** All of them, each with an example. */
    public static Catalogue<TransformerFamily> table() {
        return TABLE;
    }
}
