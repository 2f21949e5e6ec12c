package org.fluvia.dist;

/**
 * The distributions, for {@code import static org.fluvia.dist.Distributions.*}. A parameter is a number, data or an
 * expression of a model's parameters: a scalar, or an array with one value for each element. Parameters and their meaning
 * are Stan's (Stan Functions Reference), and names are Stan's in camel case, with short forms written out:
 * {@code inv_gamma} is {@code inverseGamma}. The formulas are those of the log-density, or log-mass, with all constants:
 * Stan's {@code _lpdf} and {@code _lpmf}.
 *
 * <p>Values that are known when a model is recorded are checked: {@link IllegalArgumentException} names the distribution,
 * the parameter, its value and the user's line. What depends on a model's parameters is known only at run time: at invalid
 * parameters a density is not finite, and the draw is counted.
 */
public final class Distributions extends CompositeFamilies {
    private Distributions() {}
}
