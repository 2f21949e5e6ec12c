/** The log-density that is fitted, and the draws at which it is not known. Not exported. */
@NullMarked
package org.fluvia.vi.density;

import org.jspecify.annotations.NullMarked;
