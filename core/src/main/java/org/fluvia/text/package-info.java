/** Text from outside and for outside: read with limits, shown without what a terminal obeys. */
@NullMarked
package org.fluvia.text;

import org.jspecify.annotations.NullMarked;
