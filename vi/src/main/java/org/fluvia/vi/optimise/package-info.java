/** Optimisers and their table. Not exported. */
@NullMarked
package org.fluvia.vi.optimise;

import org.jspecify.annotations.NullMarked;
