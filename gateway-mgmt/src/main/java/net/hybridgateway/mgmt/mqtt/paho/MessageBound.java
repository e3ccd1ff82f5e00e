package net.hybridgateway.mgmt.mqtt.paho;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Follows the messages of MQTT (5.0 §2.1) in a stream, and ends it at the header of one that is too long: the client behind
 * would allocate whatever the header says.
 */
final class MessageBound extends FilterInputStream {
    /** Of the remaining length (§1.5.5). */
    private static final int MOST_LENGTH_BYTES = 4;

    private final int mostBytes;
    private long bodyLeft;
    private int lengthBytes;
    private long length;
    private boolean inLength;

    MessageBound(InputStream in, int mostBytes) {
        super(in);
        this.mostBytes = mostBytes;
    }

    @Override
    public int read() throws IOException {
        int value = in.read();
        if (value >= 0) {
            follow((byte) value);
        }
        return value;
    }

    @Override
    public int read(byte[] into, int offset, int size) throws IOException {
        int count = in.read(into, offset, size);
        for (int i = 0; i < count; ) {
            if (bodyLeft > 0) {
                int skipped = (int) Math.min(bodyLeft, count - i);
                bodyLeft -= skipped;
                i += skipped;
            } else {
                follow(into[offset + i]);
                i++;
            }
        }
        return count;
    }

    private void follow(byte value) throws IOException {
        if (bodyLeft > 0) {
            bodyLeft--;
        } else if (!inLength) {
            inLength = true;
            lengthBytes = 0;
            length = 0;
        } else {
            length |= (long) (value & 0x7f) << (7 * lengthBytes);
            lengthBytes++;
            if ((value & 0x80) == 0) {
                inLength = false;
                bodyLeft = length;
            } else if (lengthBytes == MOST_LENGTH_BYTES) {
                throw new IOException("the broker sends something that is not MQTT");
            }
            if (length > mostBytes) {
                throw new IOException("the broker sends a message of " + length + " bytes or more, at most " + mostBytes
                        + " are taken");
            }
        }
    }

    @Override
    public long skip(long n) throws IOException {
        throw new IOException("not for skipping");
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
