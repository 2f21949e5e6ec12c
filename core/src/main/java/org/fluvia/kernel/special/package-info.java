/** Functions of numbers, one at a time, the same bits everywhere: exponentials and logarithms, gamma, beta, normal, Bessel and others. */
@NullMarked
package org.fluvia.kernel.special;

import org.jspecify.annotations.NullMarked;

