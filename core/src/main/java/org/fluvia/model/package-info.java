/** Models as users write them, their data, and a model bound to data. */
@NullMarked
package org.fluvia.model;

import org.jspecify.annotations.NullMarked;
