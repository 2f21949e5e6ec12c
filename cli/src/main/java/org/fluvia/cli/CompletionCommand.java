package org.fluvia.cli;

import java.util.List;
import org.fluvia.cli.source.UserError;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fluvia completion}: what a shell needs to complete commands, options and files. */
@Command(name = "completion", header = "Prints a script by which a shell completes commands and options.",
        footer = "%nExample: fluvia completion bash > ~/.local/share/bash-completion/completions/fluvia"
                + "%nor, in ~/.zshrc: source <(fluvia completion zsh)")
final class CompletionCommand implements Runnable {
    private static final List<String> SHELLS = List.of("bash", "zsh");

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
    private String shell;

    @Override
    public void run() {
        if (!SHELLS.contains(shell)) throw new UserError("SHELL: must be bash or zsh, but was " + shell);
        spec.commandLine().getOut().print(AutoComplete.bash("fluvia", spec.root().commandLine())); // made for zsh too
        spec.commandLine().getOut().flush();
    }
}
