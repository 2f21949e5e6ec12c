/**
 * Pictures: {@link org.fluvia.plots.Plots} makes those of flows, samples and training in one call,
 * {@link org.fluvia.plots.Panel} any other, {@link org.fluvia.plots.Picture} puts panels side by side and writes PNG or SVG.
 */
@NullMarked
package org.fluvia.plots;

import org.jspecify.annotations.NullMarked;
