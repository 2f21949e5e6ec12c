/** How far apart two sets of points are: measures of whether draws are from the distribution that other draws are from. */
@NullMarked
package org.fluvia.flows.distance;

import org.jspecify.annotations.NullMarked;
