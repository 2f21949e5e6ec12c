package org.fluvia.autodiff.op;

/** What a value is made of. {@code OTHER} is always right: nothing is known of it then. */
public enum Form {
    /** Bound at replay. */
    INPUT,
    CONSTANT,
    /** A parameter, as it was declared. */
    PARAMETER,

    /** The same elements in another shape. */
    RESHAPE,
    /** Elements that follow one another, from {@link Op#viewFrom} on. */
    PART,
    /** The operands' elements one after the other. */
    JOIN,
    /** A scalar repeated, or a shared value for all draws. */
    REPEAT,
    /** Elements at places that are known, {@link Op#places}, some perhaps several times, some not at all. */
    SELECT,
    /** All elements in another order, {@link Op#places}. */
    REARRANGE,
    /** Elements at places that are the second operand, which is data. */
    GATHER,
    /** The second operand where the first is not 0, the third elsewhere. */
    WHERE,

    /** 1 / (1 + exp(-x)). */
    SIGMOID,
    NEG, SQUARE, PLUS, MINUS, TIMES, DIVIDED,
    /** The sum of all elements. */
    SUM,
    /** The sum of the products of two operands' elements. */
    DOT,
    /** A matrix, shared, times a vector or a matrix. */
    PRODUCT,
    /** A transposed matrix, shared, times a vector or a matrix. */
    TRANSPOSED_PRODUCT,

    OTHER
}
