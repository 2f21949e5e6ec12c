package org.fluvia.stan.run;

import java.util.ArrayList;
import java.util.List;
import org.fluvia.autodiff.Shape;
import org.fluvia.stan.tree.Expression;
import org.fluvia.stan.tree.SizedType;
import org.fluvia.stan.tree.Type;
import org.fluvia.stan.value.Lanes;
import org.fluvia.stan.value.Refusal;
import org.fluvia.stan.value.Tensor;
import org.fluvia.stan.value.Tuple;
import org.fluvia.stan.value.Value;
import org.fluvia.stan.value.Variable;

/** Makes variables of the sizes that are declared. */
final class Sizes {
    private final Session session;
    private final Evaluator evaluator;

    Sizes(Session session, Evaluator evaluator) {
        this.session = session;
        this.evaluator = evaluator;
    }

    /** A variable without a value. */
    Variable variable(SizedType declared) {
        Type type = declared.type();
        if (type.isComplex()) throw new Refusal("complex numbers are not read. Write their real and imaginary parts as two numbers");
        if (type.base() != Type.Base.TUPLE) return new Variable(type, dims(declared), session.lanes());
        if (type.isArray()) throw new Refusal("arrays of tuples are not read. Write a tuple of arrays");
        Variable v = new Variable(type, new int[0], session.lanes());
        List<Value> members = new ArrayList<>();
        for (SizedType member : declared.members()) members.add(variable(member).value());
        v.assign(new Tuple(members));
        return v;
    }

    /** The sizes of arrays, and those of an element. */
    int[] dims(SizedType declared) {
        List<Integer> dims = new ArrayList<>();
        for (Expression e : declared.arraySizes()) dims.add(size(e));
        List<Integer> inner = new ArrayList<>();
        for (Expression e : declared.sizes()) inner.add(size(e));
        if (declared.kind().base() == Type.Base.MATRIX && inner.size() == 1) inner.add(inner.get(0)); // square
        dims.addAll(inner);
        return Shape.of(dims.stream().mapToInt(i -> i).toArray()).dims(); // which has not more elements than an array of Java
    }

    private int size(Expression e) {
        Tensor t = evaluator.tensor(e);
        if (!t.isData()) throw session.at(e.span(), new Refusal("a size that depends on a parameter is not read"));
        return checked(e, t.integer());
    }

    private int checked(Expression e, int n) {
        if (n < 0) throw session.at(e.span(), new Refusal("a size cannot be negative, but is " + n));
        return n;
    }

    /** A variable that holds a value, as an argument does. */
    Variable holding(Value value, Type type) {
        Lanes now = session.lanes();
        Variable v = new Variable(type, value instanceof Tensor t ? t.dims() : new int[0], now);
        v.assign(value instanceof Tensor t ? t.promotedTo(type) : value);
        return v;
    }
}
