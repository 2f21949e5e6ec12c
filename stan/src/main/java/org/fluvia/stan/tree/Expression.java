package org.fluvia.stan.tree;

import java.util.List;

/** An expression of a program. */
public sealed interface Expression {
    /** Where it is written. */
    Span span();

    record IntLiteral(Span span, int value) implements Expression {}

    record RealLiteral(Span span, double value) implements Expression {}

    record ImaginaryLiteral(Span span, double value) implements Expression {}

    /** A variable, or a function that is given to another. */
    record Name(Span span, String name) implements Expression {}

    /** A sign or a negation: '-', '+' or '!'. */
    record Sign(Span span, char sign, Expression operand) implements Expression {}

    record Binary(Span span, Operator operator, Expression left, Expression right) implements Expression {}

    record Transposed(Span span, Expression operand) implements Expression {}

    record Conditional(Span span, Expression condition, Expression then, Expression otherwise) implements Expression {}

    record Indexed(Span span, Expression base, List<Index> indices) implements Expression {
        public Indexed {
            indices = List.copyOf(indices);
        }
    }

    /** A function of arguments, of which the first stands before a bar if there is one. */
    record Call(Span span, Name function, List<Expression> arguments, boolean hasBar) implements Expression {
        public Call {
            arguments = List.copyOf(arguments);
        }

        public String name() {
            return function.name();
        }
    }

    record ArrayOf(Span span, List<Expression> elements) implements Expression {
        public ArrayOf {
            elements = List.copyOf(elements);
        }
    }

    /** A row vector of numbers, or a matrix of row vectors. */
    record RowOf(Span span, List<Expression> elements) implements Expression {
        public RowOf {
            elements = List.copyOf(elements);
        }
    }

    record TupleOf(Span span, List<Expression> members) implements Expression {
        public TupleOf {
            members = List.copyOf(members);
        }
    }

    /** A member of a tuple, counted from 1. */
    record Member(Span span, Expression tuple, int position) implements Expression {}

    /** The log-density so far. */
    record Target(Span span) implements Expression {}

    /** An expression in parentheses, which can have nothing assigned. */
    record Grouped(Span span, Expression inner) implements Expression {}

    /** An index. */
    sealed interface Index {}

    record All() implements Index {}

    /** One place, or several given by an array. */
    record At(Expression place) implements Index {}

    record From(Expression first) implements Index {}

    record UpTo(Expression last) implements Index {}

    record Between(Expression first, Expression last) implements Index {}
}
