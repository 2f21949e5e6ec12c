/**
 * Numbers that say whether the draws of a variational fit can be trusted: Pareto-smoothed importance weights and k-hat,
 * evidence and ELBO with standard errors, resampling, summaries, and how far the weights would move each parameter.
 *
 * <p>Everything here is a pure function of its arguments and uses {@link StrictMath}: the same bits on every JDK. A standard
 * error that cannot be known is +infinity; nothing here returns NaN.
 */
@NullMarked
package org.fluvia.vi.diagnostics;

import org.jspecify.annotations.NullMarked;
