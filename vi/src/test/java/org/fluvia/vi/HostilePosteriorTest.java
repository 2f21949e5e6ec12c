package org.fluvia.vi;

import static org.fluvia.dist.Distributions.logNormal;
import static org.fluvia.dist.Distributions.normal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.fluvia.autodiff.Expr;
import org.fluvia.flows.Flows;
import org.fluvia.model.Data;
import org.fluvia.model.Model;
import org.fluvia.text.Version;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that are damaged, cut short, newer, or made to do harm: one refusal that names the file and says why, or a posterior that works. */
@Timeout(1200)
class HostilePosteriorTest {
    private static final int EDITS = Boolean.getBoolean("fluvia.studies") ? 20_000 : 300;
    private static final String[] STRANGE = {"0", "-1", "1e308", "2147483647", "9223372036854775807", "99999999999999999999", "null", "[]", "{}", "\"\"", "true",
        "[[[[]]]]", "0.5", "\"Infinity\"", "\"NaN\"", "1e-320", "100000", "\"Loop\""};
    private static final double[] STRANGE_NUMBERS = {0, -1, 1, 7, 1e308, 2147483647, 1e18, Double.NaN, Double.POSITIVE_INFINITY, 0.5, 1e6};

    @TempDir
    private Path folder;
    private Path file;
    private byte[] whole;

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("posterior.fluvia");
        Posterior p = Fit.of(Model.define("small", m -> {
            Expr tau = m.sample("tau", logNormal(0, 1));
            Expr theta = m.sample("theta", normal(0, 1), 2);
            m.derive("sum", theta.sum().plus(tau));
            m.observe("y", normal(theta, 1));
        })).data(Data.empty().with("y", new double[] {1, 2})).flow(Flows.fullRank()).draws(20).run();
        PosteriorFile.of(p).loo(p.loo(100)).write(file);
        whole = Files.readAllBytes(file);
    }

    private String header() {
        String all = new String(whole, StandardCharsets.ISO_8859_1);
        int from = all.indexOf('\n') + 1;
        return all.substring(from, all.indexOf('\n', from));
    }

    /** Where the sections begin. */
    private int sections() {
        int at = 0;
        for (int lines = 0; lines < 2; at++) if (whole[at] == '\n') lines++;
        return at;
    }

    /** A file with length and checksum that are right. */
    private void writeWith(String header, byte[] sections) throws Exception {
        byte[] line = (header + "\n").getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(("Fluvia file, format 1, " + (line.length + sections.length + 32) + " bytes follow\n").getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(line);
        out.writeBytes(sections);
        out.writeBytes(MessageDigest.getInstance("SHA-256").digest(out.toByteArray()));
        Files.write(file, out.toByteArray());
    }

    private void writeWith(String header) throws Exception {
        writeWith(header, Arrays.copyOfRange(whole, sections(), whole.length - 32));
    }

    private void assertRefused(String reason) {
        String message = assertThrows(PosteriorFileException.class, () -> PosteriorFile.read(file)).getMessage();
        assertEquals(file + " cannot be read: " + reason + ".", message);
    }

    private void assertRefusedWith(String from, String to, String reason) throws Exception {
        assertTrue(header().contains(from), from + " is not in " + header());
        writeWith(header().replace(from, to));
        assertRefused(reason);
    }

    /** A refusal, or a posterior of which all can be asked. */
    private boolean isRead(String what) throws IOException {
        try {
            SavedPosterior q = PosteriorFile.read(file);
            assertTrue(q.toString().length() > 0 && q.summaries().size() == q.names().size(), what);
            if (q.canDraw()) q.sample(9, 5);
            return true;
        } catch (PosteriorFileException e) {
            assertTrue(e.getMessage().startsWith(file + " cannot be read: "), e.getMessage());
            return false;
        } catch (RuntimeException e) {
            throw new AssertionError(what, e);
        }
    }

    @Test
    void everyDamagedBitAndEveryCutIsSeen() throws IOException {
        Random random = new Random(1);
        for (int i = 0; i < EDITS; i++) {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(i % 2 == 0 ? 60 : damaged.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, damaged);
            assertTrue(!isRead("flip " + i), "flip " + i);
            int length = random.nextInt(whole.length);
            Files.write(file, Arrays.copyOf(whole, length));
            assertTrue(!isRead("cut " + length), "cut " + length);
        }
    }

    /** Values of the header in each other's places, strange ones, and ones left out; with a checksum that is right. */
    @Test
    void editedHeadersAreRefusedOrHarmless() throws Exception {
        Random random = new Random(2);
        String header = header();
        MatchResult[] values = Pattern.compile("(?<=[:,\\[])(-?[0-9][-+.0-9Ee]*|\"[^\"]*\"(?!:)|\\[\\]|\\{\\}|null)").matcher(header).results()
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

    /** Numbers of the sections, most of them the program's, changed. */
    @Test
    void editedProgramsAreRefusedOrHarmless() throws Exception {
        Random random = new Random(3);
        byte[] sections = Arrays.copyOfRange(whole, sections(), whole.length - 32);
        int numbers = sections.length / 8;
        int kept = 6 * 20; // draws and both densities
        for (int i = 0; i < EDITS; i++) {
            byte[] edited = sections.clone();
            ByteBuffer all = ByteBuffer.wrap(edited).order(ByteOrder.LITTLE_ENDIAN);
            int at = i % 10 == 0 ? random.nextInt(numbers) : kept + random.nextInt(numbers - kept);
            all.putDouble(8 * at, i % 3 == 0 ? all.getDouble(8 * random.nextInt(numbers)) : STRANGE_NUMBERS[random.nextInt(STRANGE_NUMBERS.length)]);
            writeWith(header(), edited);
            isRead("number " + at + ", edit " + i);
        }
    }

    @Test
    void whatIsNoPosteriorIsNamed() throws Exception {
        assertRefusedWith("\"kind\":\"posterior\"", "\"kind\":\"flow\"", "it holds a flow and no posterior");
        Files.writeString(file, "x,y\n1,2\n");
        assertRefused("it is no file of Fluvia's");
        Files.writeString(file, "Fluvia file, format 2, 10 bytes follow\n0123456789");
        assertRefused("it is of format 2, and this version of Fluvia reads formats up to 1: a newer version reads it");
        Path none = folder.resolve("none");
        assertEquals(none + " cannot be read: there is no such file.",
                assertThrows(PosteriorFileException.class, () -> PosteriorFile.read(none)).getMessage());
    }

    @Test
    void whatDoesNotFitTogetherIsRefused() throws Exception {
        assertRefusedWith("\"count\":20", "\"count\":21", "its draws are fewer than their shapes say");
        assertRefusedWith("\"count\":20", "\"count\":0", "its header must have a whole number from 1 to 2147483647 as count, but has 0");
        assertRefusedWith("\"name\":\"theta\",\"shape\":[2]", "\"name\":\"theta\",\"shape\":[2147483647,2147483647]",
                "its quantity theta has an impossible shape");
        assertRefusedWith("\"name\":\"theta\",\"shape\":[2]", "\"name\":\"theta\",\"shape\":[2000000000]", "its draws are fewer than their shapes say");
        assertRefusedWith("\"name\":\"theta\"", "\"name\":\"tau\"", "it has two quantities called tau");
        assertRefusedWith("\"verdict\":\"PASS\"", "\"verdict\":\"FINE\"", "its verdict is FINE, which this version does not know");
        assertRefusedWith("\"weighted\":false", "\"weighted\":true", "its program is not one of its parameters");
        assertRefusedWith("\"name\":\"y\",\"shape\":[2]", "\"name\":\"y\",\"shape\":[3]", "its section loo does not have the numbers of its observations");
        assertRefusedWith("\"name\":\"y\",\"shape\":[2]", "\"name\":\"y\",\"shape\":[1]", "its section loo does not have the numbers of its observations");
        assertRefusedWith("\"lacking\":{}", "\"lacking\":{\"tau\":\"\"}", "its header has tau as lacking");
        assertRefusedWith("\"lacking\":{}", "\"lacking\":{\"sum\":\"\"}", "its program is not one of its parameters");
        assertRefusedWith("\"Binary ADD\"", "\"Binary OR\"", "its program has an operation OR, which this version does not have");
        assertRefusedWith("\"Binary ADD\"", "\"java.lang.Runtime\"",
                "its program has an operation java.lang.Runtime, which this version does not have");
        String version = Version.ours();
        assertRefusedWith("\"Binary ADD\"", "\"Binary SUB\"", "its draws come out otherwise than when it was written, by Fluvia " + version
                + ": this version is " + version);
    }
}
