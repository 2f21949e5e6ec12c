package org.fluvia.text;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Lets UTF-8 text pass up to a length, and says where another encoding or too much begins. */
public final class Utf8Input extends InputStream {
    /** The text is not UTF-8, or too long. The message says which, and follows the file's name: "is not UTF-8 text: ...". */
    public static final class Refused extends IOException {
        private static final long serialVersionUID = 1;

        private Refused(String message) {
            super(message);
        }
    }

    private static final long MIB = 1 << 20;
    private static final Charset WINDOWS =
            Charset.isSupported("windows-1252") ? Charset.forName("windows-1252") : StandardCharsets.ISO_8859_1;

    private final InputStream in;
    private final long most;
    private long count;
    private long line = 1;
    private long column;
    /** Bytes that the character begun must still have. */
    private int missing;
    /** The range that its next byte must lie in (RFC 3629, section 4). */
    private int low;
    private int high;
    private int begun;
    private long begunAt;

    /** @param most the number of bytes above which it is refused */
    public Utf8Input(InputStream in, long most) {
        this.in = in;
        this.most = most;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int n = read(one, 0, 1);
        return n < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        int n = in.read(bytes, from, length);
        if (n < 0 && missing > 0) throw notUtf8();
        for (int i = from; i < from + n; i++) check(bytes[i] & 0xff);
        return n;
    }

    private void check(int b) throws IOException {
        if (++count > most) throw new Refused("is longer than " + most / MIB + " MiB, the most that is read");
        if (missing > 0) {
            if (b < low || b > high) throw notUtf8();
            missing--;
            low = 0x80;
            high = 0xbf;
            return;
        }
        if (b == '\n') {
            line++;
            column = 0;
            return;
        }
        column++;
        if (b < 0x80) return;
        begun = b;
        begunAt = count;
        if (b < 0xc2 || b > 0xf4) throw notUtf8();
        missing = b < 0xe0 ? 1 : b < 0xf0 ? 2 : 3;
        low = b == 0xe0 ? 0xa0 : b == 0xf0 ? 0x90 : 0x80;
        high = b == 0xed ? 0x9f : b == 0xf4 ? 0x8f : 0xbf;
    }

    private Refused notUtf8() {
        if (begunAt == 1 && begun >= 0xfe) return new Refused("is not UTF-8 text, it begins as UTF-16 does. Save it as UTF-8");
        boolean windows = begun < 0xa0;
        ByteBuffer one = ByteBuffer.wrap(new byte[] {(byte) begun});
        String likely = (windows ? WINDOWS : StandardCharsets.ISO_8859_1).decode(one).toString();
        return new Refused(String.format("is not UTF-8 text: line %d, column %d (byte %d) has the byte 0x%02X, which is %s in %s."
                + " Save it as UTF-8", line, column, begunAt, begun, Shown.text(likely), windows ? "Windows-1252" : "Latin-1"));
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
