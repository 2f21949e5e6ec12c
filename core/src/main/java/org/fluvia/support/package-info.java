/** Where values may lie, and the smooth maps from unconstrained vectors to there. */
@NullMarked
package org.fluvia.support;

import org.jspecify.annotations.NullMarked;
