/**
 * What a posterior says of data: replications, pointwise log-likelihoods, and the expected log predictive density for new data
 * by leave-one-out cross-validation and WAIC, both corrected for draws that come from an approximation.
 *
 * <p>Everything here is a function of draws and densities that are given: it serves draws of any origin.
 */
@NullMarked
package org.fluvia.vi.predictive;

import org.jspecify.annotations.NullMarked;
