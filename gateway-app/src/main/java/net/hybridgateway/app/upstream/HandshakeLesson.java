package net.hybridgateway.app.upstream;

import java.util.Objects;
import java.util.Optional;

/**
 * What a question of our own showed of a path's handshake.
 *
 * @param handshake the most that got through; never UNKNOWN
 * @param synData what became of data in the SYN; empty if none was sent
 * @param optionsKept whether the options of Multipath TCP were seen to be there on data too, behind the handshake
 */
public record HandshakeLesson(PathHandshake handshake, Optional<PathMemory.SynData> synData, boolean optionsKept) {
    public HandshakeLesson {
        Objects.requireNonNull(synData, "synData");
        if (handshake == PathHandshake.UNKNOWN) {
            throw new IllegalArgumentException("a lesson that says nothing");
        }
    }
}
