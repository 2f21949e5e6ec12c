package org.fluvia.model;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Broken files of data and of points, made from good ones: each is read, or refused by a message a person can read. More of them
 * by {@code -Dfluvia.fuzz=250000}.
 */
class DataFuzzTest {
    private static final int FILES = Integer.getInteger("fluvia.fuzz", 6_000);
    private static final List<String> GOOD = List.of(
            "{\"J\": 8, \"y\": [28, 8.5, -3e-2, \"Inf\", NaN], \"X\": [[1, 2], [3, 4]], \"none\": [], \"\\u00e9\": -Infinity}",
            "[{\"mu\": 4.1, \"tau\": 3, \"z\": [0, 1, 0]},\n {\"mu\": -1e300, \"L\": [[1, 0], [0.5, 1]]}]");
    private static final List<String> PIECES = List.of("[", "]", "{", "}", ",", ":", "\"", "\\", "\\u00", "null", "true", "nan", "Infinity",
            "+1", "01", ".5", "1e", "1e999999999", "-", "/* */", "// x\n", "'a'", "\u001b[31m", "\u202e", "\n", "\u0000", "\ufeff", "{\"a\": {}}",
            "\"a\": 1, \"a\": 2, ", "\ud83d\ude00");
    private static final Pattern JACKSON = Pattern.compile("Feature|StreamRead|Constraints|[Jj]ackson|JsonParser|`Json|`Stream|Exception");
    private static final int MIB = 1 << 20;

    private static byte[] broken(String good, SplittableRandom random) {
        byte[] text = good.getBytes(StandardCharsets.UTF_8);
        for (int n = random.nextInt(1, 5); n > 0; n--) {
            int from = random.nextInt(text.length + 1);
            int to = Math.min(text.length, from + random.nextInt(4));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(text, 0, from);
            out.writeBytes(piece(text, random));
            out.write(text, to, text.length - to);
            text = random.nextInt(8) == 0 && text.length > 0 ? Arrays.copyOf(text, from) : out.toByteArray();
        }
        return text;
    }

    private static byte[] piece(byte[] text, SplittableRandom random) {
        switch (random.nextInt(6)) {
            case 0:
                return new byte[0];
            case 1:
                byte[] any = new byte[random.nextInt(1, 4)];
                random.nextBytes(any);
                return any;
            case 2:
                int from = random.nextInt(text.length + 1);
                return Arrays.copyOfRange(text, from, random.nextInt(from, text.length + 1));
            case 3: // now and then far beyond a limit
                int times = random.nextInt(200) == 0 ? MIB : random.nextInt(10) == 0 ? random.nextInt(3_000) : random.nextInt(20);
                return List.of("[", "9", "{\"a\":", "\"a", " ", "[1,", ".1", "e1").get(random.nextInt(8)).repeat(times)
                        .getBytes(StandardCharsets.UTF_8);
            default:
                return PIECES.get(random.nextInt(PIECES.size())).getBytes(StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whateverTheFileItIsReadOrRefusedInWords(boolean points) {
        SplittableRandom random = new SplittableRandom(points ? 9 : 8);
        int refused = 0;
        for (int i = 0; i < FILES; i++) {
            byte[] file = broken(GOOD.get(random.nextInt(10) == 0 ? points ? 0 : 1 : points ? 1 : 0), random);
            try {
                if (points) {
                    Data.points(new ByteArrayInputStream(file), "f.json");
                } else {
                    Data.json(new ByteArrayInputStream(file), "f.json");
                }
            } catch (ModelException e) {
                refused++;
                String message = e.getMessage();
                assertTrue(message.startsWith(points ? "points: f.json" : "data: f.json"), message);
                assertTrue(message.length() < 500, message);
                assertFalse(JACKSON.matcher(message).find(), message);
                assertTrue(message.chars().noneMatch(Character::isISOControl), message);
            } catch (Exception | StackOverflowError e) {
                fail("file " + i + ": " + new String(file, 0, Math.min(file.length, 300), StandardCharsets.UTF_8), e);
            }
        }
        assertTrue(refused > FILES / 3 && refused < FILES, "refused: " + refused);
    }
}
