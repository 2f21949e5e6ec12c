/** What is computed on arrays of doubles, and by which operations: the contract of all kernels. */
@NullMarked
package org.fluvia.kernel;

import org.jspecify.annotations.NullMarked;

