/** What gives transformers their parameters: free weights, a network, a masked network; each also of a context. */
@NullMarked
package org.fluvia.flows.conditioner;

import org.jspecify.annotations.NullMarked;
