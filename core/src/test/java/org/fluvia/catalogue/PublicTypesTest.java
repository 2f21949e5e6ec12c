package org.fluvia.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Functions;
import org.fluvia.dist.Distribution;
import org.fluvia.dist.Distributions;
import org.fluvia.support.Support;
import org.junit.jupiter.api.Test;

class PublicTypesTest {
    @Test
    void thoseOfExportedPackagesAndNoOthers() {
        List<Class<?>> types = PublicTypes.besides(Expr.class);
        assertTrue(types.containsAll(List.of(Expr.class, Distribution.class, Distributions.class, Support.class, PublicTypes.class)), types::toString);
        for (Class<?> type : types) assertFalse(type.getName().contains("kernel") || type.getName().contains("$"), type.getName());
        assertEquals(types.stream().map(Class::getName).sorted().toList(), types.stream().map(Class::getName).toList());
    }

    @Test
    void classesOfFunctions() {
        assertTrue(PublicTypes.isOfFunctions(Functions.class) && PublicTypes.isOfFunctions(Distributions.class));
        assertFalse(PublicTypes.isOfFunctions(Expr.class) || PublicTypes.isOfFunctions(Support.class) || PublicTypes.isOfFunctions(Distribution.class));
    }
}
