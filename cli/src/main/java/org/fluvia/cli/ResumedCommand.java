package org.fluvia.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Stack;
import org.fluvia.report.OutputFolder;
import org.fluvia.vi.Checkpoint;
import org.fluvia.vi.CheckpointException;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Puts the arguments of the fit that left a checkpoint in the place of {@code --resume DIR}. */
final class ResumedCommand implements IParameterPreprocessor {
    private static final String OPTION = "--resume";
    private static final String COMMAND = "fit";

    /** A command from "fit" on, with what was put in the place of --resume. */
    static List<String> of(List<String> arguments) {
        List<String> words = arguments.subList(Math.max(0, arguments.indexOf(COMMAND)), arguments.size());
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).startsWith(OPTION + "=")) return replaced(words, i, 1, words.get(i).substring(OPTION.length() + 1));
            if (words.get(i).equals(OPTION) && i + 1 < words.size()) return replaced(words, i, 2, words.get(i + 1));
        }
        return words;
    }

    private static List<String> replaced(List<String> words, int from, int count, String folder) {
        List<String> all = new ArrayList<>(words.subList(0, from));
        all.addAll(command(folder));
        all.addAll(words.subList(from + count, words.size()));
        return all;
    }

    private static List<String> command(String folder) {
        return Checkpoint.commandIn(Path.of(folder).resolve(OutputFolder.CHECKPOINT));
    }

    @Override
    @SuppressWarnings("JdkObsolete") // picocli's
    public boolean preprocess(Stack<String> arguments, CommandSpec command, ArgSpec option, Map<String, Object> info) {
        if (arguments.isEmpty()) return false;
        String folder = arguments.pop();
        List<String> words;
        try {
            words = command(folder);
        } catch (CheckpointException e) {
            throw new ParameterException(command.commandLine(), OPTION + ": " + e.getMessage(), e);
        }
        for (int i = words.size() - 1; i >= 0; i--) arguments.push(words.get(i));
        option.setValue(Path.of(folder));
        return true;
    }
}
