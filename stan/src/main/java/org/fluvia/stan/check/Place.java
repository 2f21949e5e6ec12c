package org.fluvia.stan.check;

import org.fluvia.stan.tree.FunctionDefinition;
import org.fluvia.stan.tree.Program;
import org.jspecify.annotations.Nullable;

/**
 * Where in a program something stands, which decides what it may do.
 *
 * @param block null in a function
 * @param function null in a block
 */
record Place(Program.@Nullable Block block, @Nullable FunctionDefinition function, boolean inLoop) {

    static Place in(Program.Block block) {
        return new Place(block, null, false);
    }

    static Place in(FunctionDefinition function) {
        return new Place(null, function, false);
    }

    Place loop() {
        return new Place(block, function, true);
    }

    boolean mayUseTarget() {
        return block == Program.Block.MODEL || isFunction("_lp");
    }

    /** Whether densities may drop their constants. */
    boolean mayBeUnnormalised() {
        return mayUseTarget() || isFunction("_lpdf") || isFunction("_lpmf") || isFunction("_lupdf") || isFunction("_lupmf");
    }

    boolean mayUseJacobian() {
        return block == Program.Block.TRANSFORMED_PARAMETERS || isFunction("_jacobian");
    }

    boolean mayDraw() {
        return block == Program.Block.TRANSFORMED_DATA || block == Program.Block.GENERATED_QUANTITIES || isFunction("_rng");
    }

    private boolean isFunction(String suffix) {
        return function != null && function.name().name().endsWith(suffix);
    }
}
