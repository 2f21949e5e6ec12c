/** Stan's own rules: what names mean, which types expressions have, what each block may do. */
@NullMarked
package org.fluvia.stan.check;

import org.jspecify.annotations.NullMarked;
