package org.fluvia.model;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.fluvia.text.Shown;
import org.fluvia.text.Utf8Input;

/**
 * Reads columns of numbers from comma-separated text (RFC 4180) with a header. Ours and no library's, as it reads numbers only and an
 * application that embeds Fluvia should not get a CSV library with it.
 */
final class DataCsv {
    private static final long LONGEST_FILE = 1L << 30;
    private static final int LONGEST_CELL = 1_000;
    private static final int END = -1;

    /** A column that is read. */
    private static final class Column {
        final String name;
        /** Its place in the file, from 0. */
        final int place;
        double[] values = new double[16];
        int count;

        Column(String name, int place) {
            this.name = name;
            this.place = place;
        }

        void add(double value) {
            if (count == values.length) values = Arrays.copyOf(values, 2 * count);
            values[count++] = value;
        }
    }

    private final Reader in;
    private final String file;
    private int next;
    private int line = 1;
    /** Where the row begins; a quoted value may go on. */
    private int rowLine;
    private final List<String> cells = new ArrayList<>();
    private final StringBuilder cell = new StringBuilder();

    private DataCsv(Reader in, String file) {
        this.in = in;
        this.file = file;
    }

    /** @param wanted the columns to read; none for all */
    static Data read(InputStream bytes, String source, String... wanted) throws IOException {
        String file = Shown.text(source);
        try (Reader in = new BufferedReader(new InputStreamReader(new Utf8Input(bytes, LONGEST_FILE), StandardCharsets.UTF_8))) {
            return new DataCsv(in, file).table(List.of(wanted)).from(file);
        } catch (Utf8Input.Refused e) {
            throw new ModelException("data", file + " " + e.getMessage(), e).in(file);
        }
    }

    private Data table(List<String> wanted) throws IOException {
        advance();
        if (next == '\ufeff') advance(); // a mark that editors of Windows put before UTF-8
        if (!row()) throw new ModelException("data", file + " must have a header, the names of its columns, but is empty").in(file, 1);
        List<String> header = List.copyOf(cells);
        List<Column> columns = columns(header, wanted);
        while (row()) {
            if (cells.size() != header.size()) {
                throw wrong("has " + cells.size() + " values where the header has " + header.size() + " names", rowLine);
            }
            for (Column c : columns) c.add(number(c, cells.get(c.place)));
        }
        Data.Builder data = Data.builder();
        for (Column c : columns) data.with(c.name, Arrays.copyOf(c.values, c.count));
        return data.build();
    }

    private List<Column> columns(List<String> header, List<String> wanted) {
        List<Column> columns = new ArrayList<>();
        Set<String> known = new HashSet<>();
        for (int i = 0; i < header.size(); i++) {
            String name = header.get(i);
            if (!wanted.isEmpty() && !wanted.contains(name)) continue;
            if (name.isEmpty()) {
                throw wrong("has no name for column " + (i + 1) + ". Name it, or leave it out: index=False in pandas, row.names=FALSE in R", 1);
            }
            if (!known.add(name)) throw wrong("has two columns named " + Shown.text(name), 1);
            columns.add(new Column(name, i));
        }
        for (String name : wanted) {
            if (!known.contains(name)) {
                throw new ModelException("data", file + " has no column " + Shown.text(name) + "; it has " + Shown.list(header)).of(name).in(file);
            }
        }
        return columns;
    }

    private double number(Column column, String text) {
        switch (text) {
            case "", "NA", "NaN", "nan": return Double.NaN;
            case "Inf", "+Inf", "inf", "Infinity", "+Infinity": return Double.POSITIVE_INFINITY;
            case "-Inf", "-inf", "-Infinity": return Double.NEGATIVE_INFINITY;
            default: break;
        }
        // Java's own syntax has more: 1d, 0x1p3
        if (text.chars().allMatch(c -> c >= '0' && c <= '9' || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E')) {
            try {
                return Double.parseDouble(text);
            } catch (NumberFormatException e) {
                throw notANumber(column, text);
            }
        }
        throw notANumber(column, text);
    }

    private ModelException notANumber(Column column, String text) {
        return wrong("has \"" + Shown.text(text) + "\" in column " + Shown.text(column.name)
                + " where a number must be (or NA). Name the columns to read, or give categories numbers from 1", rowLine);
    }

    private ModelException wrong(String problem, int at) {
        return new ModelException("data", file + " " + problem + " (line " + at + ")").in(file, at);
    }

    /** Reads the cells of the next row that is not empty; false at the end. */
    private boolean row() throws IOException {
        do {
            if (next == END) return false;
            rowLine = line;
            cells.clear();
            cells.add(cell());
            while (next == ',') {
                advance();
                cells.add(cell());
            }
            if (next == '\r') advance();
            if (next == '\n') {
                advance();
                line++;
            }
        } while (cells.size() == 1 && cells.get(0).isEmpty());
        return true;
    }

    /** A cell without its quotes and the blanks around it; stops at what ends it. */
    private String cell() throws IOException {
        cell.setLength(0);
        while (next == ' ' || next == '\t') advance();
        if (next == '"') {
            int begin = line;
            advance();
            while (next != '"' || advance() == '"') {
                if (next == END) throw wrong("has a quoted value that does not end", begin);
                if (next == '\n') line++;
                append();
            }
            while (next == ' ' || next == '\t') advance();
            if (!endsCell()) throw wrong("has text after a quoted value", begin);
        } else {
            while (!endsCell()) append();
        }
        return cell.toString().strip();
    }

    private boolean endsCell() {
        return next == ',' || next == '\n' || next == '\r' || next == END;
    }

    private void append() throws IOException {
        if (cell.length() == LONGEST_CELL) throw wrong("has a value of more than " + LONGEST_CELL + " characters", line);
        cell.append((char) next);
        advance();
    }

    private int advance() throws IOException {
        return next = in.read();
    }
}
