/**
 * Expressions and what is made of them: the recorder with its primitives, derivatives, and programs that are replayed for many draws.
 *
 * <p>Rooms: {@code op} (what an operation is), {@code memory} and {@code compile} stand below this package, {@code analysis},
 * {@code loop} and {@code ode} above it.
 */
@NullMarked
package org.fluvia.autodiff;

import org.jspecify.annotations.NullMarked;
