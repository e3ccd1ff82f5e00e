package net.hybridgateway.app.intercept;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import net.hybridgateway.app.relay.Endpoint;
import net.hybridgateway.app.relay.HeldBytes;
import net.hybridgateway.app.relay.RelayLoop;

/**
 * What a LAN host said before it was clear who will carry the connection: kept whole, so that it can be said again to
 * somebody else. Bounded: the host's window closes when it is full.
 */
final class EarlyData {
    /** One TLS ClientHello or HTTP request, generously. */
    static final int CAPACITY = 16 * 1024;

    private final RelayLoop loop;
    private HeldBytes held;
    private int sent;
    private boolean ended;

    EarlyData(RelayLoop loop) {
        this.loop = loop;
    }

    /** Reads what the host has said, as far as there is room. */
    void readFrom(Endpoint lan) throws IOException {
        while (!ended && lan.readable()) {
            if (held == null) {
                held = HeldBytes.allocate(loop, CAPACITY);
            }
            if (!held.content().isWritable()) {
                return;
            }
            int n = lan.read(held.content());
            if (n < 0) {
                ended = true;
            } else if (n == 0) {
                return;
            }
        }
    }

    /** Writes what was not yet written to this endpoint. */
    void writeTo(Endpoint upstream) throws IOException {
        if (held != null && upstream.writable()) {
            ByteBuf rest = unsent();
            try {
                upstream.write(rest);
            } finally {
                // A write that fails may have taken a part before: that part may have reached the server.
                sent = rest.readerIndex();
            }
        }
    }

    /** Whether anything at all was handed to the present upstream. */
    boolean wasSent() {
        return sent > 0;
    }

    /** Whether what was handed to the present upstream may be handed to another as well, although it may have arrived. */
    boolean mayBeSaidTwice() {
        return held != null && FirstWords.mayBeSaidTwice(held.content().slice(0, sent));
    }

    /** Whether that could still be said of all there is so far, if all of it were handed over now. */
    boolean wouldBeSaidTwice() {
        return held != null && FirstWords.mayBeSaidTwice(held.content());
    }

    /** Forgets what was written: a new upstream gets everything. */
    void rewind() {
        sent = 0;
    }

    /** What is still to be written, as a view that ends with this object's {@link #release}. */
    ByteBuf unsent() {
        return held == null ? Unpooled.EMPTY_BUFFER : held.content().duplicate().readerIndex(sent);
    }

    /** Whether the host has said that nothing more will come. */
    boolean ended() {
        return ended;
    }

    void release() {
        if (held != null) {
            held.release();
            held = null;
        }
    }
}
