/** What fresh draws say of an approximation. Not exported. */
@NullMarked
package org.fluvia.vi.judge;

import org.jspecify.annotations.NullMarked;
