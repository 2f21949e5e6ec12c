package org.fluvia.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.util.function.Function;
import org.fluvia.text.Shown;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The command {@code fluvia}. */
@Command(name = "fluvia", subcommands = {FitCommand.class, DensityCommand.class, PriorCommand.class, SimulateCommand.class, SbcCommand.class,
        SummaryCommand.class, DrawsCommand.class, CompareCommand.class, PlotCommand.class, LearnCommand.class, SampleCommand.class,
        FlowsCommand.class, TranslateCommand.class, RunCommand.class, HelpCommand.class, CompletionCommand.class},
        versionProvider = Versions.class,
        sortOptions = false, synopsisSubcommandLabel = "COMMAND", usageHelpAutoWidth = true,
        description = "Fits a Bayesian model with a normalizing flow, and says whether the answer can be trusted. Learns a distribution from data.")
public final class FluviaCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Option(names = {"-h", "--help"}, usageHelp = true, scope = ScopeType.INHERIT, description = "Show this help.")
    @SuppressWarnings("unused") // picocli answers it
    private boolean help;

    @Option(names = {"-V", "--version"}, versionHelp = true, scope = ScopeType.INHERIT,
            description = "Show the versions of Fluvia and Java, and what computes.")
    @SuppressWarnings("unused") // picocli answers it
    private boolean version;

    @Option(names = "--debug", scope = ScopeType.INHERIT,
            description = "Show the stack trace of what goes wrong. The variable FLUVIA_DEBUG does the same.")
    private boolean debug;

    /** Without a command: says what there is. */
    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** The command, ready to execute. */
    static CommandLine commandLine() {
        FluviaCommand command = new FluviaCommand();
        CommandLine line = new CommandLine(command);
        Failures failures = new Failures(() -> command.debug || System.getenv("FLUVIA_DEBUG") != null);
        line.registerConverter(Long.class, s -> whole(s, Long::parseLong));
        line.registerConverter(Integer.class, s -> whole(s, Integer::parseInt));
        line.setExecutionStrategy(parsed -> {
            try {
                return new RunLast().execute(parsed);
            } catch (ParameterException | ExecutionException e) {
                throw e;
            } catch (RuntimeException | Error e) { // picocli itself would let these pass
                throw new ExecutionException(line, "error", e);
            }
        });
        for (CommandLine each : line.getSubcommands().values()) {
            showExitCodes(each);
            each.getCommandSpec().versionProvider(new Versions()); // an inherited option does not bring it
            each.setStopAtPositional(each.getCommand() instanceof RunCommand); // what follows is the program's
        }
        showExitCodes(line);
        return line.setParameterExceptionHandler(failures::wrongArguments).setExecutionExceptionHandler(failures::thrown);
    }

    private static void showExitCodes(CommandLine command) {
        command.getCommandSpec().usageMessage().exitCodeListHeading("%nExit codes:%n").exitCodeList(ExitCode.inWords());
    }

    private static <T> T whole(String value, Function<String, T> parse) {
        try {
            return parse.apply(value);
        } catch (NumberFormatException e) {
            boolean outOfRange = value.matches("[+-]?[0-9]+");
            throw new TypeConversionException((outOfRange ? "must be a smaller number" : "must be a whole number") + ", but was "
                    + Shown.text(value));
        }
    }

    public static void main(String[] arguments) {
        useStandardErrorOf(Integer.getInteger("fluvia.stderr", 2));
        ExitGuard.install();
        CommandLine line = commandLine();
        int code = line.execute(arguments);
        line.getOut().flush();
        boolean lost = System.out.checkError();
        if (lost && (code == 0 || code == ExitCode.NOT_TRUSTED)) {
            System.err.println("fluvia: cannot write to standard output: it is closed, or its disk is full");
            code = ExitCode.USERS_MISTAKE;
        }
        ExitGuard.exit(code);
    }

    /**
     * Writes standard error to another descriptor that the launcher has opened: the JVM's own warnings on 2 go through a
     * filter, and what we say must not, lest it arrive after we have ended.
     */
    private static void useStandardErrorOf(int descriptor) {
        if (descriptor == 2) return;
        try {
            Constructor<FileDescriptor> constructor = FileDescriptor.class.getDeclaredConstructor(int.class);
            constructor.setAccessible(true);
            System.setErr(new PrintStream(new FileOutputStream(constructor.newInstance(descriptor)), true));
        } catch (ReflectiveOperationException | RuntimeException e) {
            System.getLogger(FluviaCommand.class.getName())
                    .log(System.Logger.Level.DEBUG, "standard error stays on descriptor 2", e);
        }
    }
}
