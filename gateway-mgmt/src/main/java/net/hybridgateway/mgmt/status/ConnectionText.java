package net.hybridgateway.mgmt.status;

import java.util.stream.Collectors;

/** What {@code hybrid-gateway connections} prints, for a terminal of 80 columns. */
public final class ConnectionText {
    private ConnectionText() {}

    /**
     * For each connection its ends, what is known of it as a whole, and a line for each subflow with the reason; no table
     * has room for two addresses. Uplinks that are only backup stand in brackets.
     */
    public static String of(ConnectionList list) {
        if (list.connections().isEmpty()) {
            return "no connections\n";
        }
        int hidden = list.active() - list.connections().size();
        return list.connections().stream().map(ConnectionText::connection).collect(Collectors.joining())
                + (hidden > 0 ? "and " + hidden + " more; --limit shows them\n" : "");
    }

    private static String connection(ConnectionStatus connection) {
        String client = Words.of(connection.client()) + " ";
        String destination = "-> " + Words.of(connection.destination());
        boolean fits = client.length() + destination.length() <= TextTable.WIDTH;
        String details = connection
                        .conversionPoint()
                        .map(name -> "via " + name)
                        .orElse(connection.bypass() ? "bypass" : "direct")
                + ", " + (connection.mptcp() ? "MPTCP" : "TCP")
                + connection
                        .handshake()
                        .map(handshake -> " " + handshake.word())
                        .orElse("")
                + ", " + connection.paths().stream().map(ConnectionText::path).collect(Collectors.joining(" "))
                + ", in " + StatusText.bytes(connection.bytesIn())
                + ", out " + StatusText.bytes(connection.bytesOut())
                + ", age " + StatusText.duration(connection.ageSeconds());
        return client + (fits ? "" : "\n" + StatusText.INDENT) + destination + "\n" + StatusText.wrapped(details)
                + connection.subflows().stream().map(ConnectionText::subflow).collect(Collectors.joining())
                + connection.notes().stream().map(StatusText::wrapped).collect(Collectors.joining());
    }

    private static String path(ConnectionStatus.Path path) {
        return path.backup() ? "(" + path.uplink() + ")" : path.uplink();
    }

    private static String subflow(SubflowStatus subflow) {
        String bytes = subflow.bytesIn().isPresent() && subflow.bytesOut().isPresent()
                ? ", in " + StatusText.bytes(subflow.bytesIn().getAsLong()) + " out "
                        + StatusText.bytes(subflow.bytesOut().getAsLong()) + " since it joined"
                : "";
        String failures = subflow.failures() == 0 ? "" : ", failed attempts: " + subflow.failures();
        return StatusText.wrapped(subflow.uplink() + ": " + Words.of(subflow.state())
                + (subflow.backup() ? ", backup" : "") + bytes + failures + ". " + subflow.why());
    }
}
