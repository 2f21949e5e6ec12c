package org.fluvia.stan.library;

import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.stan.tree.Type;
import org.fluvia.stan.value.Lanes;
import org.fluvia.stan.value.NotLifted;
import org.fluvia.stan.value.Refusal;
import org.fluvia.stan.value.Tensor;
import org.fluvia.stan.value.Value;
import org.jspecify.annotations.Nullable;

/** What a function of the library is given, each in the lanes that are current or the same in all. */
record Arguments(List<Value> values) {

    int count() {
        return values.size();
    }

    Tensor tensor(int i) {
        if (values.get(i) instanceof Tensor t) return t;
        throw new Refusal("a tuple cannot be here");
    }

    Type type(int i) {
        return values.get(i).type();
    }

    int integer(int i) {
        return tensor(i).integer();
    }

    /** The lanes in which an argument differs; null if none does. */
    @Nullable Lanes lanes() {
        for (Value v : values) {
            if (v instanceof Tensor t && t.lanes() != null) return t.lanes();
        }
        return null;
    }

    /** The expression of an argument, which must be the same in all lanes: functions that take no lanes ask for theirs so. */
    Expr expr(int i) {
        return uniform(i).expr();
    }

    Tensor uniform(int i) {
        Tensor t = tensor(i);
        if (t.lanes() != null) throw new NotLifted("a function that takes no lanes");
        return t;
    }
}
