package org.fluvia.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.util.Properties;
import java.util.function.Function;
import org.fluvia.kernel.KernelProvider;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The command {@code fluvia}. */
@Command(name = "fluvia", subcommands = {FitCommand.class, DensityCommand.class},
        mixinStandardHelpOptions = true, versionProvider = FluviaCommand.Version.class, scope = ScopeType.INHERIT,
        sortOptions = false, synopsisSubcommandLabel = "COMMAND", usageHelpAutoWidth = true,
        description = "Fits a Bayesian model with a normalizing flow, and says whether the answer can be trusted.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done; a fit is to be trusted (PASS, RESAMPLED)",
            "1:a fault of Fluvia's own",
            "2:the model, the data or the options are wrong",
            "3:fitted, but not to be trusted (FAIL)",
            "130:interrupted (Ctrl-C)"
        })
public final class FluviaCommand implements Runnable {
    static final int FAULT = 1;
    static final int USERS_MISTAKE = 2;
    static final int NOT_TRUSTED = 3;
    static final int INTERRUPTED = 130;

    @Spec
    private CommandSpec spec;

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
            } catch (Error e) { // picocli passes on exceptions only
                throw new ExecutionException(line, "error", e);
            }
        });
        return line.setParameterExceptionHandler(failures::wrongArguments).setExecutionExceptionHandler(failures::thrown);
    }

    private static <T> T whole(String value, Function<String, T> parse) {
        try {
            return parse.apply(value);
        } catch (NumberFormatException e) {
            throw new TypeConversionException("must be a whole number, but was " + value);
        }
    }

    public static void main(String[] arguments) {
        useStandardErrorOf(Integer.getInteger("fluvia.stderr", 2));
        int code = commandLine().execute(arguments);
        System.out.flush();
        System.exit(code);
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

    /** Our version, the JVM's and the kernels'. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {
                "fluvia " + ours(),
                "Java " + System.getProperty("java.vm.version") + " (" + System.getProperty("java.vm.vendor") + ", "
                        + System.getProperty("java.home") + ")",
                "kernels: " + KernelProvider.kernels().describe()
            };
        }

        static String ours() {
            try (InputStream in = FluviaCommand.class.getResourceAsStream("version.properties")) {
                Properties p = new Properties();
                p.load(in);
                return p.getProperty("version");
            } catch (IOException e) {
                throw new IllegalStateException("version.properties cannot be read", e);
            }
        }
    }
}
