/** What can be said of recorded expressions: where they stop being finite, what runs through what, what data contribute, whether gradients are right. */
@NullMarked
package org.fluvia.autodiff.analysis;

import org.jspecify.annotations.NullMarked;
