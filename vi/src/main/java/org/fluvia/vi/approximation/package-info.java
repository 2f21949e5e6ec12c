/** What a posterior is made from: distributions that can be drawn from and whose density is known. Not exported. */
@NullMarked
package org.fluvia.vi.approximation;

import org.jspecify.annotations.NullMarked;
