package org.fluvia.report;

import java.io.BufferedWriter;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Names for files that are being written, which no one can foresee; and what a run that was killed left behind. The names tell the
 * process, ".fluvia-draws.csv-4711-0123456789abcdef.tmp".
 */
final class TemporaryFiles {
    private static final Pattern OURS = Pattern.compile("\\.fluvia-[a-z_.]+-(\\d{1,18})-[0-9a-f]{16}\\.tmp");
    /** No run writes for so long. A process of that number on this machine may be another one by then. */
    private static final Duration OLD = Duration.ofDays(1);
    /** The clocks of file systems tick slowly. */
    private static final Duration TICK = Duration.ofSeconds(2);
    private static final int BUFFER = 1 << 16;

    private TemporaryFiles() {}

    /** A name that is not in use. */
    static Path name(Path folder, String name) {
        byte[] random = new byte[8];
        new SecureRandom().nextBytes(random);
        return folder.resolve(".fluvia-" + name + "-" + ProcessHandle.current().pid() + "-" + HexFormat.of().formatHex(random) + ".tmp");
    }

    /** Opens a file of such a name, in UTF-8, which is on the disk when it is closed: no power cut leaves a name without its contents. */
    static Writer create(Path file) throws IOException {
        Files.createFile(file);
        return utf8(new FileOutputStream(file.toFile()) { // no channel, which an interrupted thread could not write to
            @Override
            public void close() throws IOException {
                if (getFD().valid()) getFD().sync();
                super.close();
            }
        });
    }

    /** How every file is encoded. */
    static Writer utf8(OutputStream out) {
        return new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), BUFFER);
    }

    /** Deletes such files of processes that have ended. What cannot be deleted stays. */
    static void sweep(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(f -> OURS.matcher(f.getFileName().toString()).matches()).toList();
        }
        for (Path file : files) {
            try {
                if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && isLeft(file)) Files.deleteIfExists(file);
            } catch (IOException e) {
                System.getLogger(TemporaryFiles.class.getName()).log(System.Logger.Level.DEBUG, "sweeping " + file, e);
            }
        }
    }

    private static boolean isLeft(Path file) throws IOException {
        Instant written = Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant();
        if (written.isBefore(Instant.now().minus(OLD))) return true;
        Matcher name = OURS.matcher(file.getFileName().toString());
        Optional<ProcessHandle> process = name.matches() ? ProcessHandle.of(Long.parseLong(name.group(1))) : Optional.empty();
        // in a container the next run often has the number of the last
        return process.isEmpty() || process.get().info().startInstant().map(s -> written.isBefore(s.minus(TICK))).orElse(false);
    }
}
