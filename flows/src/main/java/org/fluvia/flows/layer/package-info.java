/** Where a transformer is applied with the parameters of a conditioner: to each element, to a part, to each after those before it. */
@NullMarked
package org.fluvia.flows.layer;

import org.jspecify.annotations.NullMarked;
