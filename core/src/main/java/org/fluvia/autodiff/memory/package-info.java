/** Where the values of a program are while it is replayed. */
@NullMarked
package org.fluvia.autodiff.memory;

import org.jspecify.annotations.NullMarked;
