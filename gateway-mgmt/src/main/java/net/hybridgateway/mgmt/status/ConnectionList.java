package net.hybridgateway.mgmt.status;

import java.util.List;

/**
 * Connections that are relayed now.
 *
 * @param connections oldest first; not all of them if fewer were asked for
 * @param active how many there are
 */
public record ConnectionList(List<ConnectionStatus> connections, int active) {
    public ConnectionList {
        connections = List.copyOf(connections);
    }
}
