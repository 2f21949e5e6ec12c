package org.fluvia.cli;

import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.fluvia.cli.source.InputFiles;
import org.fluvia.cli.source.UserError;
import org.fluvia.flows.Samples;
import org.fluvia.text.ConsoleLine;
import org.fluvia.text.Shown;
import org.fluvia.text.Utf8Input;

/**
 * A CSV file with a header (RFC 4180; lines that begin with # are comments), of which some columns are numbers that are wanted. They go
 * into one array as they are read, so millions of rows take little more memory than their numbers.
 */
final class Table {
    private static final long LONGEST_FILE = 1L << 40;
    private static final int CHUNK = 1 << 20;
    private static final int ROWS_BETWEEN_REPORTS = 1_000;
    private static final Set<String> MISSING = Set.of("", "na", "nan", "n/a", "null", "none", ".", "?");
    private static final CSVFormat FORMAT = CSVFormat.RFC4180.builder().setCommentMarker('#').setIgnoreEmptyLines(false).get();

    private final String what;
    private final String file;
    private final CSVParser parser;
    private final Iterator<CSVRecord> records;
    private final List<String> header = new ArrayList<>();
    private long line;

    private Table(String what, String file, CSVParser parser) {
        this.what = what;
        this.file = file;
        this.parser = parser;
        records = parser.iterator();
    }

    /** What the numbers of a column must be. */
    enum Kind {
        NUMBER("finite numbers"), INTEGER("integers of at most 2^40"), WEIGHT("weights that are not negative");

        private final String inWords;

        Kind(String inWords) {
            this.inWords = inWords;
        }

        boolean allows(double x) {
            return switch (this) {
                case NUMBER -> true;
                case INTEGER -> x == Math.rint(x) && Math.abs(x) <= 0x1p40;
                case WEIGHT -> x >= 0;
            };
        }
    }

    /** One that is wanted. */
    record Column(String name, Kind kind) {}

    /** Which columns are wanted, of those there are. */
    @FunctionalInterface
    interface Choice {
        List<Column> of(Table table);
    }

    /**
     * The numbers of a file, as samples of the columns that are chosen, in their order.
     *
     * @param what how the user calls the file: "DATA", "--at"
     * @param progress says how far it is read
     * @throws UserError if a value is missing or no number, or the file is no such table; the message names the line and the column
     */
    static Samples read(String what, Path path, ConsoleLine progress, Choice choice) {
        boolean isFile = !path.equals(InputFiles.STANDARD_INPUT);
        if (isFile) InputFiles.checkTable(what, path);
        return InputFiles.read(what, path, (in, source) -> {
            long size = isFile && Files.isRegularFile(path) ? Files.size(path) : 0;
            return read(what, Shown.text(source), in, choice, (rows, at) -> progress.show(() -> "reading " + Shown.text(source) + "  " + rows + " rows"
                    + (size > 0 ? "  " + 100 * at / size + " %" : "")));
        });
    }

    /** Told how many rows are read, and which character of the file the last of them begins with. */
    @FunctionalInterface
    private interface Listener {
        void read(long rows, long at);
    }

    private static Samples read(String what, String file, InputStream in, Choice choice, Listener listener) throws IOException {
        try (BufferedReader text = new BufferedReader(new InputStreamReader(new Utf8Input(in, LONGEST_FILE), StandardCharsets.UTF_8));
                CSVParser parser = CSVParser.builder().setReader(text).setFormat(FORMAT).get()) {
            text.mark(1);
            if (text.read() != '\ufeff') text.reset(); // a mark that editors of Windows put before UTF-8
            Table table = new Table(what, file, parser);
            return table.rows(choice, listener);
        } catch (UncheckedIOException e) {
            IOException cause = requireNonNull(e.getCause());
            if (cause instanceof Utf8Input.Refused r) throw refused(what, file, r);
            throw new UserError(what + ": " + file + " is no CSV file: " + Shown.text(String.valueOf(cause.getMessage())) + ".", e);
        } catch (CSVException e) {
            throw new UserError(what + ": " + file + " is no CSV file: " + Shown.text(String.valueOf(e.getMessage())) + ".", e);
        } catch (Utf8Input.Refused e) {
            throw refused(what, file, e);
        }
    }

    private static UserError refused(String what, String file, Utf8Input.Refused e) {
        return new UserError(what + ": " + file + " " + e.getMessage() + ".", e);
    }

    private Samples rows(Choice choice, Listener listener) {
        readHeader();
        List<Column> wanted = choice.of(this);
        int[] at = wanted.stream().mapToInt(c -> header.indexOf(c.name())).toArray();
        List<double[]> chunks = new ArrayList<>();
        double[] chunk = new double[0];
        int used = 0;
        long count = 0;
        while (records.hasNext()) {
            CSVRecord row = records.next();
            line = parser.getCurrentLineNumber(); // before the next is read
            if (row.size() == 1 && row.get(0).isEmpty() && !records.hasNext()) break; // an empty last line
            if (row.size() != header.size()) {
                throw wrong("has " + row.size() + (row.size() == 1 ? " cell" : " cells") + " in line " + line + ", and "
                        + header.size() + " in its header");
            }
            for (int k = 0; k < at.length; k++) {
                if (used == chunk.length) {
                    chunk = new double[CHUNK];
                    chunks.add(chunk);
                    used = 0;
                }
                chunk[used++] = number(row.get(at[k]), at[k], wanted.get(k).kind());
                count++;
            }
            long rows = row.getRecordNumber() - 1; // without the header
            if (rows % ROWS_BETWEEN_REPORTS == 0) listener.read(rows, row.getCharacterPosition());
        }
        if (count == 0) throw wrong("has a header and no rows");
        if (count > Integer.MAX_VALUE - 8) throw wrong("has " + count + " numbers, more than fit into an array. Take fewer rows or columns");
        double[] all = new double[(int) count];
        for (int i = 0; i < chunks.size(); i++) {
            System.arraycopy(chunks.get(i), 0, all, i * CHUNK, Math.min(CHUNK, all.length - i * CHUNK));
            chunks.set(i, all); // the chunk may go
        }
        return Samples.ofRows(all, at.length);
    }

    private void readHeader() {
        if (!records.hasNext()) throw wrong("is empty. Its first line must be the names of the columns");
        records.next().forEach(name -> header.add(name.strip()));
        String first = header.get(0);
        if (header.size() == 1 && first.isEmpty()) throw wrong("is empty. Its first line must be the names of the columns");
        for (String other : List.of(";", "\t", "|")) {
            if (header.size() == 1 && first.contains(other)) {
                throw wrong("must have commas between its columns, but has " + (other.equals("\t") ? "tabs" : other) + ": " + Shown.text(first)
                        + (other.equals(";") ? ". Numbers with a decimal comma need a point, too" : ""));
            }
        }
        if (header.stream().allMatch(Table::isNumber)) {
            throw wrong("must begin with the names of its columns, but begins with numbers: " + Shown.list(header));
        }
        Set<String> seen = new HashSet<>();
        for (String name : header) {
            if (!name.isEmpty() && !seen.add(name)) throw wrong("has two columns called " + Shown.text(name));
        }
    }

    private static boolean isNumber(String s) {
        try {
            Double.parseDouble(s);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** Names as the user gives them, with commas between them; one with a comma stands in quotes. */
    static List<String> names(String option, String text) {
        try (CSVParser parser = CSVParser.parse(text, FORMAT.builder().setIgnoreSurroundingSpaces(true).get())) {
            List<CSVRecord> lines = parser.getRecords();
            if (lines.size() != 1) throw new UserError(option + ": must be names of columns with commas between them, but is " + Shown.text(text));
            return lines.get(0).toList();
        } catch (IOException | UncheckedIOException e) {
            throw new UserError(option + ": must be names of columns with commas between them, but is " + Shown.text(text), e);
        }
    }

    /** The names of all columns, which may be empty. */
    List<String> header() {
        return header;
    }

    /**
     * The names that the user gave, each of which must be a column.
     *
     * @param option that names them: "--context"
     */
    List<String> named(String option, List<String> names) {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (name.isEmpty()) throw new UserError(option + ": must be names of columns with commas between them, but one is empty");
            if (!header.contains(name)) {
                throw new UserError(option + ": " + file + " has no column " + Shown.text(name) + Failures.suggestion(name, header)
                        + " It has " + Shown.list(header) + ".");
            }
            if (!seen.add(name)) throw new UserError(option + ": names " + Shown.text(name) + " twice");
        }
        return names;
    }

    private double number(String cell, int column, Kind kind) {
        String text = cell.strip();
        double x;
        try {
            x = text.isEmpty() || !isPlain(text) ? Double.NaN : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            x = Double.NaN;
        }
        if (Double.isFinite(x) && kind.allows(x)) return x;
        String place = "line " + line + ", column " + (header.get(column).isEmpty() ? Integer.toString(column + 1)
                : Shown.text(header.get(column)));
        if (MISSING.contains(text.toLowerCase(Locale.ROOT))) {
            throw wrong("has no value in " + place + (text.isEmpty() ? "" : " (" + text + ")")
                    + ". Leave out such rows, or fill them in: what is missing has no density");
        }
        if (!Double.isNaN(x) || text.toLowerCase(Locale.ROOT).matches("[+-]?inf(inity)?")) {
            throw wrong("must have " + (Double.isFinite(x) ? kind : Kind.NUMBER).inWords + ", but has " + Shown.text(text) + " in " + place);
        }
        throw wrong("must have numbers, but has " + Shown.text(text) + " in " + place + ". --columns says which columns to take");
    }

    /** Java's own parser takes "1d" and "0x1p3" too. */
    private static boolean isPlain(String s) {
        char last = s.charAt(s.length() - 1);
        return (Character.isDigit(last) || last == '.') && s.indexOf('x') < 0 && s.indexOf('X') < 0;
    }

    private UserError wrong(String problem) {
        return new UserError(what + ": " + file + " " + problem + ".");
    }
}
