/** Paths up a log-density, the maxima they end at, and the directions in which it has none. Not exported. */
@NullMarked
package org.fluvia.vi.modes;

import org.jspecify.annotations.NullMarked;
