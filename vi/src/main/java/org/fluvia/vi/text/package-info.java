/** How results are written for a person to read. Not exported. */
@NullMarked
package org.fluvia.vi.text;

import org.jspecify.annotations.NullMarked;
