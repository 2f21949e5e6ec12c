package org.fluvia.flows.conditioner;

import java.util.List;
import java.util.function.UnaryOperator;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Functions;
import org.fluvia.catalogue.Catalogue;

/**
 * What a hidden layer makes of its sums, element by element. Values and derivatives are finite for sums up to +-1e300, and each is 0,
 * or log 2, at 0. A row of {@link #table}; immutable and thread-safe.
 */
public final class Activation implements Catalogue.Row {
    private static final double LEAK = 0.01;

    private static final Activation TANH = new Activation("tanh", "tanh(x)", "LeCun et al. 1998, 4.4", true, Expr::tanh);
    private static final Activation RELU = new Activation("ReLU", "max(x, 0)", "Glorot et al. 2011", false, x -> x.max(0));
    private static final Activation LEAKY_RELU = new Activation("leaky ReLU", "max(x, " + LEAK + " x)", "Maas et al. 2013", false,
            x -> x.max(x.times(LEAK)));
    private static final Activation ELU = new Activation("ELU", "x where x > 0, exp(x) - 1 elsewhere", "Clevert et al. 2016", false,
            x -> Expr.where(x.lt(0), x.min(0).expm1(), x));
    private static final Activation GELU = new Activation("GELU", "x Phi(x), Phi the standard normal distribution function",
            "Hendrycks and Gimpel 2016", false, x -> x.times(Functions.normalCdf(x)));
    private static final Activation SOFTPLUS = new Activation("softplus", "log(1 + exp(x))", "Dugas et al. 2001", false, Expr::softplus);
    private static final Activation SILU = new Activation("SiLU", "x / (1 + exp(-x)), known as swish", "Elfwing et al. 2018", false,
            x -> x.times(x.sigmoid()));

    private static final Catalogue<Activation> TABLE =
            Catalogue.of("activation", List.of(TANH, RELU, LEAKY_RELU, ELU, GELU, SOFTPLUS, SILU));

    private final String name;
    private final String formula;
    private final String source;
    private final boolean bounded;
    private final UnaryOperator<Expr> map;

    private Activation(String name, String formula, String source, boolean bounded, UnaryOperator<Expr> map) {
        this.name = name;
        this.formula = formula;
        this.source = source;
        this.bounded = bounded;
        this.map = map;
    }

    /** All of them. */
    public static Catalogue<Activation> table() {
        return TABLE;
    }

    /** tanh(x): smooth and bounded, the standard. */
    public static Activation tanh() {
        return TANH;
    }

    /** max(x, 0). Its derivative jumps, and so do the second derivatives of what is made with it. */
    public static Activation relu() {
        return RELU;
    }

    /** max(x, 0.01 x). */
    public static Activation leakyRelu() {
        return LEAKY_RELU;
    }

    /** x where it is positive, exp(x) - 1 elsewhere: with a derivative that is continuous. */
    public static Activation elu() {
        return ELU;
    }

    /** x Phi(x) with the standard normal distribution function. */
    public static Activation gelu() {
        return GELU;
    }

    /** log(1 + exp(x)). */
    public static Activation softplus() {
        return SOFTPLUS;
    }

    /** x / (1 + exp(-x)), known as swish. */
    public static Activation silu() {
        return SILU;
    }

    /** Recorded on an expression of any shape. */
    public Expr at(Expr x) {
        return map.apply(x);
    }

    /** Whether values stay within bounds, however large x is. */
    public boolean isBounded() {
        return bounded;
    }

    @Override
    public String name() {
        return name;
    }

    /** The formula. */
    @Override
    public String description() {
        return formula;
    }

    @Override
    public String source() {
        return source;
    }

    @Override
    public String toString() {
        return name;
    }
}
