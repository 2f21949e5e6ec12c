package org.fluvia.stan.value;

import java.util.List;
import org.fluvia.stan.tree.Type;

/** Several values. */
public record Tuple(List<Value> members) implements Value {
    public Tuple {
        members = List.copyOf(members);
    }

    @Override
    public Type type() {
        return Type.tuple(members.stream().map(Value::type).toList());
    }
}
