package org.fluvia.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.fluvia.flows.Flow;
import org.fluvia.flows.FlowFamily;
import org.fluvia.flows.FlowSpec.Use;
import org.fluvia.flows.Flows;
import org.fluvia.flows.bijection.Cost;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code fluvia flows}: the table of flows, with what each direction takes. */
@Command(name = "flows", header = "Lists the families of flows that --flow takes.",
        footer = "%nDraws and density say what they take: one pass, a step for each element, or equations solved by iteration. Where a family"
                + "%ncan be turned round, a fit turns it so that draws take less.%nExample: fluvia flows"
                + "%nThen: fluvia fit MODEL.java --data DATA.json --flow iaf")
final class FlowsCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        List<String[]> rows = new ArrayList<>(List.of(new String[][] {{"NAME", "DRAWS", "DENSITY", "WHAT IT IS"}}));
        for (FlowFamily family : Flows.table()) {
            Flow flow = family.example(Use.DRAWS);
            rows.add(new String[] {family.name(), words(flow.drawCost()), words(flow.densityCost()), family.description()});
        }
        int name = rows.stream().mapToInt(r -> r[0].length()).max().orElse(0);
        PrintWriter out = spec.commandLine().getOut();
        for (String[] r : rows) out.printf("%-" + name + "s  %-10s  %-10s  %s%n", (Object[]) r);
        out.flush();
    }

    private static String words(Cost cost) {
        return switch (cost) {
            case ONE_PASS -> "one pass";
            case SEQUENTIAL -> "one by one";
            case ITERATIVE -> "iteration";
        };
    }
}
