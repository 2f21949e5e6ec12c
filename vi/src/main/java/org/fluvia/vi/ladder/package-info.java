/** The rungs of the ladder: each makes a better approximation of what the last one found. Not exported. */
@NullMarked
package org.fluvia.vi.ladder;

import org.jspecify.annotations.NullMarked;
