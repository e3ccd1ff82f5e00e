package net.hybridgateway.scheduler;

import java.util.List;

/**
 * A connection as sock_diag lists it.
 *
 * @param token the local token, unsigned
 * @param initialAddressDenied the peer's C flag; sock_diag does not know it, so say {@code true}, the careful answer,
 *     if ESTABLISHED was not seen. Ignored for connections that the engine already knows
 * @param toServer as in {@link EngineEvent.ConnectionEstablished}, and ignored likewise
 * @param subflows all that have at least their SYN/ACK; may be empty
 */
public record KernelConnection(
        int token, boolean initialAddressDenied, boolean toServer, List<KernelSubflow> subflows) {
    public KernelConnection {
        subflows = List.copyOf(subflows);
    }

    /** With a conversion point at the other end. */
    public KernelConnection(int token, boolean initialAddressDenied, List<KernelSubflow> subflows) {
        this(token, initialAddressDenied, false, subflows);
    }
}
