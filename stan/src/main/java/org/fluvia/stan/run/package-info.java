/** Records a program: what depends on data alone is computed, what depends on parameters becomes expressions. */
@NullMarked
package org.fluvia.stan.run;

import org.jspecify.annotations.NullMarked;
