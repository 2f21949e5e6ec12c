/**
 * Where a transformer is applied with the parameters of a conditioner: to each element, to a part, to each after those before it. And
 * maps that are one network: of blocks that increase, or of velocities.
 */
@NullMarked
package org.fluvia.flows.layer;

import org.jspecify.annotations.NullMarked;
