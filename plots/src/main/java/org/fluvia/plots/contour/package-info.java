/** Lines of equal value. */
@NullMarked
package org.fluvia.plots.contour;

import org.jspecify.annotations.NullMarked;
