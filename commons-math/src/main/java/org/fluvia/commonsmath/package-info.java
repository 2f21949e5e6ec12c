/** Between Fluvia and Apache Commons Math 3: {@link org.fluvia.commonsmath.CommonsMath}. */
@NullMarked
package org.fluvia.commonsmath;

import org.jspecify.annotations.NullMarked;
