package org.fluvia.cli;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.fluvia.flows.FlowSpec;
import org.fluvia.flows.Flows;
import org.fluvia.text.Shown;

/** The families of flows that can be named on the command line. */
final class FlowNames {
    private static final Map<String, Supplier<FlowSpec>> FLOWS = new TreeMap<>(Map.of(
            "realNvp", Flows::realNvp, "fullRank", Flows::fullRank));
    static final String LIST = "realNvp, fullRank";

    private FlowNames() {}

    static FlowSpec flow(String name) {
        return FLOWS.entrySet().stream().filter(e -> e.getKey().equalsIgnoreCase(name.replace("-", ""))).findFirst()
                .orElseThrow(() -> new UserError("--flow: there is no flow " + Shown.text(name) + "; there are "
                        + String.join(", ", FLOWS.keySet())))
                .getValue().get();
    }
}
