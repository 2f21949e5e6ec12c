package org.fluvia.flows;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a flow was found to keep of what every flow promises: {@link FittedFlow#check}.
 *
 * @param findings one for each law, in words and numbers
 */
public record FlowCheck(List<Finding> findings) {
    public FlowCheck {
        findings = List.copyOf(findings);
    }

    /**
     * What was found of one law.
     *
     * @param law in words
     * @param error by how much it is missed; NaN where something is not a number
     * @param allowed the most that this may be
     * @param note what else there is to say; may be empty
     */
    public record Finding(String law, double error, double allowed, String note) {
        public boolean isKept() {
            return error <= allowed;
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%-6s %s: off by %.2g, allowed %.2g%s", isKept() ? "kept" : "BROKEN", law, error, allowed,
                    note.isEmpty() ? "" : "; " + note);
        }
    }

    /** Whether every law is kept. */
    public boolean isPassed() {
        return findings.stream().allMatch(Finding::isKept);
    }

    /** A line for each law. */
    @Override
    public String toString() {
        return findings.stream().map(Finding::toString).collect(Collectors.joining("\n"));
    }
}
