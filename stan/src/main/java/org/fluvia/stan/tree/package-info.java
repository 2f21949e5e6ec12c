/** What a Stan program is made of, with the places where it says so. */
@NullMarked
package org.fluvia.stan.tree;

import org.jspecify.annotations.NullMarked;
