package org.fluvia.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class Utf8InputTest {
    private static String refusal(byte[] bytes) {
        return assertThrows(Utf8Input.Refused.class, () -> new Utf8Input(new ByteArrayInputStream(bytes), 1 << 20).readAllBytes()).getMessage();
    }

    @Test
    void anotherEncodingIsPlacedAndGuessed() {
        assertEquals("is not UTF-8 text: line 2, column 3 (byte 7) has the byte 0xE9, which is \u00e9 in Latin-1. Save it as UTF-8",
                refusal("abc\nde\u00e9f".getBytes(StandardCharsets.ISO_8859_1)));
        assertEquals("is not UTF-8 text: line 1, column 3 (byte 4) has the byte 0x80, which is \u20ac in Windows-1252. Save it as UTF-8",
                refusal(new byte[] {(byte) 0xc3, (byte) 0xa9, 'a', (byte) 0x80}));
        assertEquals("is not UTF-8 text, it begins as UTF-16 does. Save it as UTF-8", refusal("{}".getBytes(StandardCharsets.UTF_16)));
        assertEquals("is not UTF-8 text: line 1, column 1 (byte 1) has the byte 0xE2, which is \u00e2 in Latin-1. Save it as UTF-8",
                refusal(new byte[] {(byte) 0xe2, (byte) 0x82})); // ends in the middle of a character
    }

    @Test
    void whatNeverEndsEnds() {
        assertEquals("is longer than 1 MiB, the most that is read", refusal(new byte[(1 << 20) + 1]));
    }

    /** The JDK's own decoder as the oracle. */
    @Test
    void bytesPassIfAndOnlyIfTheyAreUtf8() throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        int[] heads = {'a', 0x80, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0xf5, 0xff, 0x9f, 0xa0, 0x8f, 0x90};
        int good = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(6)];
            for (int k = 0; k < bytes.length; k++) bytes[k] = (byte) heads[random.nextInt(heads.length)];
            boolean expected = true;
            try {
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            } catch (CharacterCodingException e) {
                expected = false;
            }
            if (expected) {
                good++;
                assertArrayEquals(bytes, new Utf8Input(new ByteArrayInputStream(bytes), 100).readAllBytes());
            } else {
                refusal(bytes);
            }
        }
        assertTrue(good > 500);
    }
}
