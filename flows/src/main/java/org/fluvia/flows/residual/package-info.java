/**
 * Maps y = x + g(x) that mix all elements at once, with a g that cannot fold space over: of few bends, around a centre, or a network
 * that shortens distances.
 */
@NullMarked
package org.fluvia.flows.residual;

import org.jspecify.annotations.NullMarked;
