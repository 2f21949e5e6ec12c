/**
 * Fits a model and says whether the answer can be trusted: {@link org.fluvia.vi.Fit}, its {@link org.fluvia.vi.Posterior} and
 * {@link org.fluvia.vi.Verdict}.
 */
@NullMarked
package org.fluvia.vi;

import org.jspecify.annotations.NullMarked;
