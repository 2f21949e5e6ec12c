package org.fluvia.stan.tree;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A whole program. */
public record Program(ProgramText text, List<FunctionDefinition> functions, Map<Block, List<Statement>> blocks) {
    /** The blocks of statements, in the order in which they must be written. */
    public enum Block {
        DATA("data"), TRANSFORMED_DATA("transformed data"), PARAMETERS("parameters"), TRANSFORMED_PARAMETERS("transformed parameters"),
                MODEL("model"),
        GENERATED_QUANTITIES("generated quantities");

        private final String words;

        Block(String words) {
            this.words = words;
        }

        /** Whether it may only declare. */
        public boolean declaresOnly() {
            return this == DATA || this == PARAMETERS;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    public Program {
        functions = List.copyOf(functions);
        blocks = new EnumMap<>(blocks);
    }

    /** The statements of a block; none where there is no such block. */
    public List<Statement> block(Block block) {
        return blocks.getOrDefault(block, List.of());
    }
}
