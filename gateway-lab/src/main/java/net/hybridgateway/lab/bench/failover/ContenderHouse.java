package net.hybridgateway.lab.bench.failover;

import net.hybridgateway.lab.net.Access;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.HousePlan;
import net.hybridgateway.lab.net.LineShape;
import net.hybridgateway.lab.traffic.Flow;
import net.hybridgateway.lab.traffic.TrafficKind;
import net.hybridgateway.lab.traffic.TrafficServer;
import net.hybridgateway.netlink.socket.StreamProtocol;
import net.hybridgateway.netlink.socket.StreamSocket;

/** One contender in a house of its own, with a server for its traffic. */
interface ContenderHouse extends AutoCloseable {
    /** The lines of every contender. */
    HousePlan PLAN = HousePlan.shaped(LineShape.of(40, 20), LineShape.of(20, 50));

    House house();

    TrafficServer server();

    /** The server's address. */
    String serverAddress();

    /** Makes the system ready for one break: nothing of the break before is left. */
    void prepare();

    /** Starts traffic through the system. */
    Flow start(TrafficKind kind);

    /** Starts traffic beside the system: plain TCP, from the gateway's node, over the cellular line alone. */
    default Flow startOnCellular(TrafficKind kind) {
        StreamSocket socket = house().gateway().call(() -> StreamSocket.open(StreamProtocol.TCP));
        return Flow.start(server(), socket.bindToDevice(Access.CELLULAR.device()), serverAddress(), kind);
    }

    /** Puts house and system back after a break. */
    void mend();

    @Override
    void close();
}
