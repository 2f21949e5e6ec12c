/** What a fit may take: time and memory. Not exported. */
@NullMarked
package org.fluvia.vi.budget;

import org.jspecify.annotations.NullMarked;
