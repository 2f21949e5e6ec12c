package org.fluvia.model;

import static org.fluvia.dist.Distributions.normal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.junit.jupiter.api.Test;

/** What a program learns of a mistake without reading its message. */
class ModelExceptionTest {
    private static ModelException bound(Data data, Consumer<ModelBuilder> definition) {
        return assertThrows(ModelException.class, () -> Model.define("m", definition::accept).bind(data));
    }

    @Test
    void dataOfAnotherShapeNameVariableSourceAndShape() {
        ModelException e = bound(Data.jsonText("{\"y\": [1, 2]}"), m -> m.data("y", 3));
        assertEquals(Optional.of("data"), e.subject());
        assertEquals(Optional.of("y"), e.variable());
        assertEquals(Optional.of("the JSON text"), e.source());
        assertEquals(Optional.of(Shape.of(3)), e.expectedShape());
        assertEquals(OptionalInt.empty(), e.line());
        assertEquals("data: " + e.problem(), e.getMessage());
    }

    @Test
    void dataThatCannotBeReadNameTheLine() {
        for (String json : new String[] {"{\"x\": 1,\n\n\"y\": true}", "{\"x\": 1,\n\n]"}) {
            ModelException e = assertThrows(ModelException.class, () -> Data.jsonText(json));
            assertEquals(OptionalInt.of(3), e.line(), e.getMessage());
            assertEquals(Optional.of("the JSON text"), e.source());
        }
        ModelException csv = assertThrows(ModelException.class, () -> Data.csvText("a,b\n1,2\n1,x\n"));
        assertEquals(OptionalInt.of(3), csv.line());
        ModelException column = assertThrows(ModelException.class, () -> Data.csvText("a,b\n1,2\n", "c"));
        assertEquals(Optional.of("c"), column.variable());
    }

    @Test
    void valuesWithoutANameHaveNoVariable() {
        ModelException e = bound(Data.empty(), m -> m.observe(Expr.vector(1, 2).plus(0), normal(m.sample("x", normal(0, 1), 3), 1)));
        assertEquals(Optional.of("observe"), e.subject());
        assertEquals(Optional.empty(), e.variable(), e.getMessage());
    }

    @Test
    void aPointNamesItsParameter() {
        BoundModel model = Model.define("m", m -> m.sample("x", normal(0, 1), 2)).bind(Data.empty());
        ModelException e = assertThrows(ModelException.class, () -> model.unconstrain(Map.of("x", new double[3])));
        assertEquals(Optional.of("point"), e.subject());
        assertEquals(Optional.of("x"), e.variable());
        assertEquals(Optional.of(Shape.of(2)), e.expectedShape());
    }

    @Test
    void whatHasNoSubjectIsAllProblem() {
        ModelException e = bound(Data.empty(), m -> { });
        assertEquals(Optional.empty(), e.subject());
        assertEquals(e.getMessage(), e.problem());
    }
}
