package org.fluvia.file;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What every binary file of Fluvia's is made of, whatever kind it is: a line that names the format and the length, a line of JSON, sections of
 * doubles that the JSON announces as "sections", a checksum of all before it. See docs/files.md. Nothing is taken for true of what is
 * read, and no memory is taken before the file is known to be as long as what it announces.
 *
 * @param header the JSON without the sections
 * @param sections doubles by name, in order
 */
public record Frame(Map<String, @Nullable Object> header, Map<String, double[]> sections) {
    private static final int FORMAT = 1;
    private static final String BEGIN = "Fluvia file, format ";
    private static final Pattern FIRST_LINE = Pattern.compile(BEGIN + "(\\d{1,9}), (\\d{1,18}) bytes follow\n");
    private static final int LONGEST_FIRST_LINE = 80;
    private static final int LONGEST_HEADER = 8 << 20;
    private static final int CHECKSUM = 32;
    private static final int BUFFER = 1 << 16;
    private static final String SECTIONS = "sections";

    /**
     * Writes a file, which takes its name, and the place of an older one, when it is whole and on the disk.
     *
     * @throws FileSystemException if the name is that of a folder or a device
     */
    public void write(Path file) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) throw new FileSystemException(file.toString(), null, "cannot be written to, as it is no file");
        Path folder = file.toAbsolutePath().resolveSibling("");
        byte[] random = new byte[8];
        new SecureRandom().nextBytes(random);
        Path temporary = folder.resolve(".fluvia-file-" + ProcessHandle.current().pid() + "-" + HexFormat.of().formatHex(random) + ".tmp");
        try {
            try (FileOutputStream out = new FileOutputStream(temporary.toFile())) { // no channel: an interrupted thread, as one whose training was, may write
                write(new BufferedOutputStream(out, BUFFER));
                out.getFD().sync();
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private void write(OutputStream to) throws IOException {
        Map<String, @Nullable Object> all = new LinkedHashMap<>(header);
        List<Map<String, Object>> announced = new ArrayList<>();
        long numbers = 0;
        for (Map.Entry<String, double[]> s : sections.entrySet()) {
            Map<String, Object> section = new LinkedHashMap<>(); // whose order is the same in every run
            section.put("name", s.getKey());
            section.put("numbers", s.getValue().length);
            announced.add(section);
            numbers += s.getValue().length;
        }
        all.put(SECTIONS, announced);
        byte[] line = (Json.line(all) + "\n").getBytes(StandardCharsets.UTF_8);
        if (line.length > LONGEST_HEADER) {
            throw new IllegalArgumentException("Frame: header must have at most " + LONGEST_HEADER + " bytes, but had " + line.length);
        }
        MessageDigest digest = Sha256.digest();
        DataOutputStream out = new DataOutputStream(new DigestOutputStream(to, digest));
        out.writeBytes(BEGIN + FORMAT + ", " + (line.length + numbers * Double.BYTES + CHECKSUM) + " bytes follow\n");
        out.write(line);
        for (double[] section : sections.values()) {
            for (int from = 0; from < section.length; from += BUFFER) {
                int count = Math.min(BUFFER, section.length - from);
                ByteBuffer bytes = ByteBuffer.allocate(count * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
                bytes.asDoubleBuffer().put(section, from, count);
                out.write(bytes.array());
            }
        }
        out.flush();
        to.write(digest.digest());
        to.flush();
    }

    /**
     * Reads a file.
     *
     * @throws Refused if it is not whole, or not of this format
     */
    public static Frame read(Path file) throws IOException, Refused {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) throw new Refused("there is no such file");
        if (Files.isDirectory(file)) throw new Refused("it is a folder");
        if (!Files.isRegularFile(file)) throw new Refused("it is no file, but a device, a pipe or a link to nothing");
        if (!Files.isReadable(file)) throw new Refused("there is no permission to read it");
        try (FileChannel channel = FileChannel.open(file)) {
            return read(channel);
        }
    }

    private static Frame read(FileChannel channel) throws IOException, Refused {
        long size = channel.size();
        if (size == 0) throw new Refused("it is empty");
        long begin = checkFirstLine(StandardCharsets.ISO_8859_1.decode(bytes(channel, 0, (int) Math.min(size, LONGEST_FIRST_LINE))).toString(), size);
        checkChecksum(channel, size - CHECKSUM);
        ByteBuffer first = bytes(channel, begin, (int) Math.min(size - CHECKSUM - begin, LONGEST_HEADER));
        int length = 0;
        while (length < first.limit() && first.get(length) != '\n') length++;
        if (length == first.limit()) throw new Refused("its header has no end within " + LONGEST_HEADER + " bytes");
        Map<String, @Nullable Object> header = Json.read(utf8(first.limit(length)));
        List<?> announced = Header.list(header.remove(SECTIONS), SECTIONS);
        long left = size - CHECKSUM - begin - length - 1;
        Map<String, Integer> sizes = new LinkedHashMap<>();
        for (Object each : announced) {
            Map<String, @Nullable Object> section = Header.object(each, SECTIONS);
            String name = Header.text(section.get("name"), "the name of a section");
            int numbers = (int) Header.whole(section.get("numbers"), name, 0, Math.min(Integer.MAX_VALUE - 8, left / Double.BYTES));
            if (sizes.put(name, numbers) != null) throw new Refused("it has two sections called " + name);
            left -= (long) numbers * Double.BYTES;
        }
        if (left != 0) throw new Refused("its sections take " + left + " bytes less than there are");
        Map<String, double[]> sections = new LinkedHashMap<>();
        long at = begin + length + 1;
        for (Map.Entry<String, Integer> s : sizes.entrySet()) {
            sections.put(s.getKey(), doubles(channel, at, s.getValue()));
            at += (long) s.getValue() * Double.BYTES;
        }
        return new Frame(header, sections);
    }

    /** Where what follows it begins. */
    private static long checkFirstLine(String text, long size) throws Refused {
        if (!text.startsWith(BEGIN.substring(0, Math.min(BEGIN.length(), text.length())))) throw new Refused("it is no file of Fluvia's");
        Matcher line = FIRST_LINE.matcher(text);
        if (!line.lookingAt()) throw new Refused(size < LONGEST_FIRST_LINE ? "it is cut short within its first line" : "its first line is damaged");
        int format = Integer.parseInt(line.group(1));
        if (format > FORMAT) {
            throw new Refused("it is of format " + format + ", and this version of Fluvia reads formats up to " + FORMAT + ": a newer version reads it");
        }
        long announced = line.end() + Long.parseLong(line.group(2));
        if (size < announced) throw new Refused("it is cut short: " + size + " of " + announced + " bytes are there");
        if (size > announced) throw new Refused("it goes on after its end: it has " + size + " bytes and not " + announced);
        if (format < FORMAT || size - line.end() < CHECKSUM) throw new Refused("its first line is damaged");
        return line.end();
    }

    private static void checkChecksum(FileChannel channel, long end) throws IOException, Refused {
        MessageDigest digest = Sha256.digest();
        for (long at = 0; at < end; at += BUFFER) digest.update(bytes(channel, at, (int) Math.min(BUFFER, end - at)));
        if (!Arrays.equals(digest.digest(), bytes(channel, end, CHECKSUM).array())) throw new Refused("it is damaged: its checksum is not that of its contents");
    }

    private static ByteBuffer bytes(FileChannel channel, long at, int count) throws IOException, Refused {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, at + bytes.position()) < 0) throw new Refused("it was cut short while it was read");
        }
        return bytes.flip();
    }

    private static double[] doubles(FileChannel channel, long at, int count) throws IOException, Refused {
        double[] values = new double[count];
        for (int from = 0; from < count; from += BUFFER) {
            int some = Math.min(BUFFER, count - from);
            bytes(channel, at + (long) from * Double.BYTES, some * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(values, from, some);
        }
        return values;
    }

    private static String utf8(ByteBuffer bytes) throws Refused {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw new Refused("its header is not UTF-8 text");
        }
    }
}
