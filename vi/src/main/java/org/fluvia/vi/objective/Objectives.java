package org.fluvia.vi.objective;

import java.util.List;
import org.fluvia.catalogue.Catalogue;

/** The objectives there are. */
public final class Objectives {
    private static final Catalogue<Row> TABLE = Catalogue.of("objective", List.of(
            new Row("reverseKl", "KL(q || p) by path gradients, which have no noise where q is p",
                    "Roeder, Wu and Duvenaud 2017, equation 8", new ReverseKl()),
            new Row("totalReverseKl", "KL(q || p) by its total derivative, which has noise everywhere and costs less a step",
                    "Kingma and Welling 2014, section 2.4", new TotalReverseKl()),
            new Row("forwardKl", "KL(p || q) by draws of q with importance weights, which covers all that p has where q is close to it",
                    "Bornschein and Bengio 2015", new ForwardKl())));

    /** An objective in the table. */
    public record Row(String name, String description, String source, Objective objective) implements Catalogue.Row {}

    private Objectives() {}

    /** All of them, in the order in which they are shown. */
    public static Catalogue<Row> table() {
        return TABLE;
    }

    /** KL(q || p) by path gradients: the default. */
    public static Objective reverseKl() {
        return named("reverseKl");
    }

    /** KL(q || p) by its total derivative. */
    public static Objective totalReverseKl() {
        return named("totalReverseKl");
    }

    /** KL(p || q), by importance weights. */
    public static Objective forwardKl() {
        return named("forwardKl");
    }

    /**
     * The objective of this name.
     *
     * @throws IllegalArgumentException if there is none, with the names there are
     */
    public static Objective named(String name) {
        return TABLE.named(name).objective();
    }
}
