/** A second opinion on a density, which does not come from the approximation that is judged. Not exported. */
@NullMarked
package org.fluvia.vi.population;

import org.jspecify.annotations.NullMarked;
