/** Draws by name, and what is computed from them. Not exported. */
@NullMarked
package org.fluvia.vi.draws;

import org.jspecify.annotations.NullMarked;
