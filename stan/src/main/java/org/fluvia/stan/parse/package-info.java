/** From a program's text to its tree. */
@NullMarked
package org.fluvia.stan.parse;

import org.jspecify.annotations.NullMarked;
