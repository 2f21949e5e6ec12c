package org.fluvia.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.fluvia.cli.source.UserError;
import org.fluvia.model.ModelException;
import org.fluvia.text.Shown;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what goes wrong into one message and an exit code. */
final class Failures {
    private static final long MIB = 1 << 20;
    private static final int LONGEST_NAME = 40;

    private final BooleanSupplier debug;

    Failures(BooleanSupplier debug) {
        this.debug = debug;
    }

    /** The arguments do not make a command. */
    int wrongArguments(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        String problem = problem(e, List.of(arguments));
        String end = problem.endsWith("?") || problem.endsWith(".") ? "" : ".";
        say(command, problem + end + " Try " + command.getCommandSpec().qualifiedName() + " --help.", e);
        return ExitCode.USERS_MISTAKE;
    }

    private static String problem(ParameterException e, List<String> arguments) {
        if (e instanceof UnmatchedArgumentException u) return unmatched(u);
        if (e instanceof MissingParameterException m) return missing(m, arguments);
        ArgSpec argument = e.getArgSpec();
        if (argument == null) return String.valueOf(e.getMessage());
        if (e instanceof OverwrittenOptionException) return name(argument) + " must be given only once";
        if (e.getCause() instanceof TypeConversionException c) return name(argument) + " " + c.getMessage();
        return name(argument) + ": " + e.getMessage();
    }

    /** A command threw. */
    int thrown(Exception e, CommandLine command, ParseResult parsed) {
        if (e instanceof InterruptedRun) return ExitCode.INTERRUPTED;
        if (e instanceof UserError || e instanceof ModelException) {
            say(command, String.valueOf(e.getMessage()), e);
            return ExitCode.USERS_MISTAKE;
        }
        Throwable t = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
        if (t instanceof OutOfMemoryError) {
            say(command, "out of memory (" + t.getMessage() + "): the heap may take " + Runtime.getRuntime().maxMemory() / MIB
                    + " MiB. Give it more: FLUVIA_OPTS=-Xmx8g, or ask for fewer --draws.", t);
        } else {
            String what = t.getClass().getSimpleName() + (t.getMessage() == null ? "" : ": " + t.getMessage());
            say(command, "a fault of Fluvia's own, not of yours: " + what + ". Please report it" + evidence(t) + ".", t);
        }
        return ExitCode.FAULT;
    }

    private void say(CommandLine command, String message, Throwable t) {
        PrintWriter err = command.getErr();
        err.println(Shown.lines("fluvia: " + message));
        if (debug.getAsBoolean()) err.print(Shown.lines(trace(t)));
        err.flush();
    }

    /** ", with the file ...": the stack trace, where it is not shown. */
    private String evidence(Throwable t) {
        if (debug.getAsBoolean()) return ", with the stack trace below";
        try {
            Path file = Files.createTempFile("fluvia-fault-", ".txt");
            Files.writeString(file, String.join("\n", new Versions().getVersion()) + "\n\n" + trace(t));
            return ", with the file " + file;
        } catch (IOException | RuntimeException cannot) {
            return ", with what --debug shows";
        }
    }

    private static String trace(Throwable t) {
        StringWriter trace = new StringWriter();
        t.printStackTrace(new PrintWriter(trace, true));
        return trace.toString();
    }

    private static String unmatched(UnmatchedArgumentException e) {
        CommandLine command = e.getCommandLine();
        String first = e.getUnmatched().get(0);
        if (e.isUnknownOption()) {
            String name = first.contains("=") ? first.substring(0, first.indexOf('=')) : first;
            String other = OtherTools.advice(name);
            if (other != null) return "there is no option " + name + ": " + other;
            List<String> known = command.getCommandSpec().options().stream().flatMap(o -> List.of(o.names()).stream()).toList();
            return "there is no option " + Shown.text(name) + suggestion(name, known);
        }
        if (command.getCommandSpec().parent() == null) {
            return "there is no command " + Shown.text(first) + suggestion(first, command.getSubcommands().keySet());
        }
        return "there is one argument too many: " + Shown.text(first);
    }

    private static String missing(MissingParameterException e, List<String> arguments) {
        ArgSpec first = e.getMissing().get(0);
        boolean isThere = first instanceof OptionSpec option && Arrays.stream(option.names()).anyMatch(arguments::contains);
        if (isThere) return name(first) + " needs a value, " + first.paramLabel();
        return e.getMissing().stream().map(Failures::name).collect(Collectors.joining(" and ")) + " is missing";
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }

    /** Ends the sentence: ". Did you mean fit?", or ".". */
    static String suggestion(String given, Collection<String> known) {
        if (given.length() > LONGEST_NAME) return "."; // no misspelt one
        return known.stream().min(Comparator.comparingInt(k -> distance(given, k)))
                .filter(k -> distance(given, k) <= Math.max(2, k.length() / 2)).map(k -> ". Did you mean " + k + "?").orElse(".");
    }

    /** The number of letters to add, remove or change (Levenshtein 1966). */
    static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) row[j] = j;
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
