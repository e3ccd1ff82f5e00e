package net.hybridgateway.lab.bench.contender;

import net.hybridgateway.lab.net.Access;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.traffic.Flow;
import net.hybridgateway.lab.traffic.TrafficKind;
import net.hybridgateway.lab.traffic.TrafficServer;
import net.hybridgateway.netlink.socket.StreamProtocol;
import net.hybridgateway.netlink.socket.StreamSocket;

/** One contender in a house of its own, with a server for its traffic. */
public interface ContenderHouse extends AutoCloseable {
    House house();

    TrafficServer server();

    /** The server's address. */
    String serverAddress();

    /** Makes the system ready for one measurement: nothing of the one before is left. */
    void prepare();

    /** Starts traffic through the system. */
    Flow start(TrafficKind kind);

    /** Starts traffic beside the system: plain TCP, from the gateway's node, over one line alone. */
    default Flow startOn(Access access, TrafficKind kind) {
        StreamSocket socket = house().gateway().call(() -> StreamSocket.open(StreamProtocol.TCP));
        return Flow.start(server(), socket.bindToDevice(access.device()), serverAddress(), kind);
    }

    /** Puts house and system back after a measurement, with all lines mended. */
    void mend();

    @Override
    void close();
}
