package org.fluvia.flows.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.flows.Flows;
import org.fluvia.flows.LearnedFlow;
import org.fluvia.text.Version;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are damaged, cut short, newer, or made to do harm: one refusal that names the file and says why, or the flow that was written. */
class HostileFileTest {
    private static final int FLIPS = Boolean.getBoolean("fluvia.studies") ? 100_000 : 2_000;
    private static final int EDITS = Boolean.getBoolean("fluvia.studies") ? 20_000 : 300;
    private static final String[] STRANGE = {"0", "-1", "1e308", "2147483647", "9223372036854775807", "99999999999999999999", "null", "[]", "{}", "\"\"", "true",
        "[[[[]]]]", "0.5", "\"Infinity\"", "\"NaN\"", "1e-320", "100000", "{\"family\":\"fullRank\"}"};

    @TempDir
    private Path folder;
    private Path file;
    private LearnedFlow flow;
    private byte[] whole;

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("a.fluvia");
        flow = FlowFileTest.learned(Flows.realNvp().layers(2).hidden(3), 2, 0);
        FlowFile.of(flow).columns(List.of("x", "y")).write(file);
        whole = Files.readAllBytes(file);
    }

    private String header() {
        String all = new String(whole, StandardCharsets.ISO_8859_1);
        int from = all.indexOf('\n') + 1;
        return all.substring(from, all.indexOf('\n', from));
    }

    /** The file with another header, and length and checksum that are right. */
    private void writeWith(String header) throws Exception {
        int rest = 0;
        for (int lines = 0; lines < 2; rest++) if (whole[rest] == '\n') lines++;
        byte[] line = (header + "\n").getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(("Fluvia file, format 1, " + (line.length + whole.length - rest) + " bytes follow\n").getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(line);
        out.write(whole, rest, whole.length - rest - 32);
        out.writeBytes(MessageDigest.getInstance("SHA-256").digest(out.toByteArray()));
        Files.write(file, out.toByteArray());
    }

    private void assertRefused(String reason) {
        String message = assertThrows(FlowFileException.class, () -> FlowFile.read(file)).getMessage();
        assertEquals(file + " cannot be read: " + reason + ".", message);
    }

    private void assertRefusedWith(String from, String to, String reason) throws Exception {
        assertTrue(header().contains(from), from + " is not in " + header());
        writeWith(header().replace(from, to));
        assertRefused(reason);
    }

    /** A refusal, or a flow with the same bits. */
    private boolean isRead(String what) throws IOException {
        try {
            LearnedFlow read = FlowFile.read(file).flow();
            DMatrixRMaj draws = flow.sample(3, 2);
            assertArrayEquals(flow.flow().logDensity(draws), read.flow().logDensity(draws), what);
            return true;
        } catch (FlowFileException e) {
            assertTrue(e.getMessage().startsWith(file + " cannot be read: "), e.getMessage());
            return false;
        } catch (RuntimeException e) {
            throw new AssertionError(what, e);
        }
    }

    @Test
    void everyDamagedBitIsSeen() throws IOException {
        Random random = new Random(1);
        for (int i = 0; i < FLIPS; i++) {
            byte[] damaged = whole.clone();
            int flips = 1 + random.nextInt(4);
            for (int k = 0; k < flips; k++) damaged[random.nextInt(i % 2 == 0 ? 60 : damaged.length)] ^= (byte) (1 << random.nextInt(8));
            if (Arrays.equals(damaged, whole)) continue;
            Files.write(file, damaged);
            assertTrue(!isRead("flips " + i), "flips " + i);
        }
    }

    @Test
    void everyCutIsSeen() throws IOException {
        for (int length = 0; length < whole.length; length += length < 100 ? 1 : 7) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertTrue(!isRead("cut " + length), "cut " + length);
        }
        Files.write(file, Arrays.copyOf(whole, whole.length - 1));
        assertRefused("it is cut short: " + (whole.length - 1) + " of " + whole.length + " bytes are there");
        Files.write(file, Arrays.copyOf(whole, whole.length + 1));
        assertRefused("it goes on after its end: it has " + (whole.length + 1) + " bytes and not " + whole.length);
        Files.write(file, Arrays.copyOf(whole, 10));
        assertRefused("it is cut short within its first line");
        Files.write(file, new byte[0]);
        assertRefused("it is empty");
    }

    /** Values of the header in each other's places, strange ones, and ones left out; with a checksum that is right. */
    @Test
    void editedHeadersAreRefusedOrHarmless() throws Exception {
        Random random = new Random(2);
        String header = header();
        MatchResult[] values = Pattern.compile("(?<=[:,\\[])(-?[0-9][-+.0-9Ee]*|\"[^\"]*\"(?!:)|\\[\\]|\\{\\})").matcher(header).results()
                .toArray(MatchResult[]::new);
        assertTrue(values.length > 50, header);
        int read = 0;
        for (int i = 0; i < EDITS; i++) {
            MatchResult at = values[random.nextInt(values.length)];
            String other = i % 3 == 0 ? values[random.nextInt(values.length)].group() : STRANGE[random.nextInt(STRANGE.length)];
            String edited = header.substring(0, at.start()) + other + header.substring(at.end());
            if (i % 7 == 0) {
                int cut = random.nextInt(header.length());
                edited = header.substring(0, cut) + header.substring(Math.min(header.length(), cut + 1 + random.nextInt(30)));
            }
            writeWith(edited);
            if (isRead(edited)) read++;
        }
        assertTrue(read < EDITS / 2, "edits that change nothing: " + read);
    }

    @Test
    void whatIsNoFlowIsNamed() throws Exception {
        Files.writeString(file, "x,y\n1,2\n");
        assertRefused("it is no file of Fluvia's");
        Files.writeString(file, "Fluvia file, format 2, 10 bytes follow\n0123456789");
        assertRefused("it is of format 2, and this version of Fluvia reads formats up to 1: a newer version reads it");
        Files.writeString(file, "Fluvia file, format 0, 40 bytes follow\n" + "0".repeat(40));
        assertRefused("its first line is damaged");
        byte[] damaged = whole.clone();
        damaged[whole.length / 2] ^= 1;
        Files.write(file, damaged);
        assertRefused("it is damaged: its checksum is not that of its contents");
        assertRefusedWith("\"kind\":\"flow\"", "\"kind\":\"posterior\"", "it holds a posterior and no flow");
        assertEquals(folder + " cannot be read: it is a folder.", assertThrows(FlowFileException.class, () -> FlowFile.read(folder)).getMessage());
        Path none = folder.resolve("none");
        assertEquals(none + " cannot be read: there is no such file.", assertThrows(FlowFileException.class, () -> FlowFile.read(none)).getMessage());
    }

    @Test
    void whatAsksForTooMuchIsRefusedBeforeMemoryIsTaken() throws Exception {
        assertRefusedWith("\"layers\":2", "\"layers\":2147483647", "its recipe has layers 17, which does not go with the weights it has");
        assertRefusedWith("\"hidden\":[3]", "\"hidden\":[1000000]", "its recipe has hidden 1000000, which does not go with the weights it has");
        assertRefusedWith("\"hidden\":[3]", "\"hidden\":[" + "1000,".repeat(50) + "1000]",
                "its recipe asks for matrices of about 100008000 elements, which do not go with 28 weights");
        assertRefusedWith("\"family\":\"realNvp\"", "\"family\":\"from\",\"base\":{\"family\":\"mixture of normals\",\"components\":2000000000}",
                "its recipe has components 2000000000, which does not go with the weights it has");
        assertRefusedWith("\"numbers\":28", "\"numbers\":2000000000", "its header must have a whole number from 0 to 40 as weights, but has 2000000000");
        assertRefusedWith("\"shape\":[3,1]", "\"shape\":[2147483647,2147483647]",
                "its header must have a whole number from 0 to 28 as matrix 1, but has 2147483647");
        String deep = "{\"family\":\"then\",\"first\":".repeat(100) + "1" + "}".repeat(100);
        assertRefusedWith("\"recipe\":{", "\"deep\":" + deep + ",\"recipe\":{", "its header is nested deeper than 64, or has a number of more than 40"
                + " characters or text of more than 10000");
        assertRefusedWith("\"best\":2", "\"best\":" + "2".repeat(50), "its header is nested deeper than 64, or has a number of more than 40"
                + " characters or text of more than 10000");
        writeWith("{\"kind\":}");
        assertRefused("its header must be JSON, but is not at column 9");
    }

    @Test
    void anotherFlowThanWasWrittenIsRefused() throws Exception {
        assertRefusedWith("\"logScaleBound\":3.0", "\"logScaleBound\":2.0", "its draws come out otherwise than when it was written, by Fluvia "
                + Version.ours() + ": this version, " + Version.ours() + ", builds another flow of its recipe");
        assertRefusedWith("matrix 1", "matrix 9", "its weights are not those of its recipe");
        assertRefusedWith("\"layers\":2", "\"layers\":3", "its flow cannot be built (Weights: values must have 42 elements, but had 28)");
    }
}
