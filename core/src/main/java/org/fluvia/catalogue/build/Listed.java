package org.fluvia.catalogue.build;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A factory that is a row of its package's catalogue. Its Javadoc is the row's text: the first sentence says what it is, and after
 * a colon what it computes. Another factory of the same name in the same file is another way to call it, and says nothing here.
 * Read when the project is built, by {@code src/main/codegen/Tables.java}, which writes the table.
 */
@Retention(RetentionPolicy.SOURCE)
@Target(ElementType.METHOD)
public @interface Listed {
    /** The name in Stan's programs; empty if there is none. */
    String stan() default "";

    /** The paper, or the reference it is taken from; the reference of Stan's functions where it has a name there. */
    String source() default "";

    /** The arguments of an instance, in Java. */
    String[] example() default {};
}
