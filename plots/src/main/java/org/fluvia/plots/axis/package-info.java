/** Axes: where values lie, and which of them are written beside. */
@NullMarked
package org.fluvia.plots.axis;

import org.jspecify.annotations.NullMarked;
