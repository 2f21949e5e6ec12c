package org.fluvia.cli;

import org.fluvia.cli.source.UserError;
import org.fluvia.text.Shown;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fluvia help}: what {@code --help} shows. Picocli's own has options that ours inherit already. */
@Command(name = "help", header = "Shows this help, or that of a command.", footer = "%nExample: fluvia help fit")
final class HelpCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "COMMAND", arity = "0..1", description = "The command; all of them by default.")
    private @Nullable String command;

    @Override
    public void run() {
        CommandLine all = spec.root().commandLine();
        (command == null ? all : named(command, all)).usage(spec.commandLine().getOut());
        spec.commandLine().getOut().flush();
    }

    private static CommandLine named(String name, CommandLine all) {
        CommandLine named = all.getSubcommands().get(name);
        if (named != null) return named;
        throw new UserError("there is no command " + Shown.text(name) + Failures.suggestion(name, all.getSubcommands().keySet())
                + " Try fluvia --help.");
    }
}
