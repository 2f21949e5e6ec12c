/** How results are written for a person to read. Not exported. */
package org.fluvia.vi.text;
