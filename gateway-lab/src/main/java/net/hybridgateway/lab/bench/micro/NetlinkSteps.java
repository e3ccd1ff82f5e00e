package net.hybridgateway.lab.bench.micro;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import net.hybridgateway.netlink.NetlinkConversation;
import net.hybridgateway.netlink.diag.DiagnosedSubflow;
import net.hybridgateway.netlink.diag.SockDiag;
import net.hybridgateway.netlink.mptcp.AddressId;
import net.hybridgateway.netlink.mptcp.ConnectionToken;
import net.hybridgateway.netlink.mptcp.Endpoint;
import net.hybridgateway.netlink.mptcp.MptcpEvent;
import net.hybridgateway.netlink.mptcp.MptcpEventMonitor;
import net.hybridgateway.netlink.mptcp.MptcpPathManager;
import net.hybridgateway.netlink.mptcp.SubflowPath;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Netlink without the kernel: from the bytes to the objects, and back. */
@State(Scope.Thread)
public class NetlinkSteps {
    /** As many as a dump has in one datagram, about. */
    static final int DUMPED = 20;

    private static final ConnectionToken TOKEN = new ConnectionToken(KernelWords.TOKEN);
    private static final AddressId LOCAL_ID = new AddressId(KernelWords.LOCAL_ID);

    private final Endpoint local =
            Endpoint.at(KernelWords.LOCAL.getAddress()).id(LOCAL_ID).onLink(3);
    private final MptcpEventMonitor events =
            new MptcpEventMonitor(new RepeatingKernel(KernelWords.subflowEstablished()), KernelWords.FAMILY);
    private final RepeatingKernel eventBytes = new RepeatingKernel(KernelWords.subflowEstablished());
    private final SockDiag diag =
            new SockDiag(new NetlinkConversation(new RepeatingKernel(KernelWords.subflows(DUMPED / 2))));
    private final MptcpPathManager paths = new MptcpPathManager(
            new NetlinkConversation(new RepeatingKernel(KernelWords.acknowledgement())), KernelWords.FAMILY);

    /** An event of the path manager. */
    @Benchmark
    public MptcpEvent event() {
        return events.next();
    }

    /** The same event, read from where its fields are known to lie: what no reader that looks at them can go below. */
    @Benchmark
    public MptcpEvent eventAtKnownPlaces() throws UnknownHostException {
        ByteBuffer datagram = eventBytes.receive(Duration.ZERO).orElseThrow().order(ByteOrder.nativeOrder());
        SubflowPath path = new SubflowPath(
                socketAddress(datagram, 56, 64),
                new AddressId(datagram.get(40)),
                socketAddress(datagram, 72, 80),
                new AddressId(datagram.get(48)));
        return new MptcpEvent.SubflowEstablished(
                new ConnectionToken(Integer.toUnsignedLong(datagram.getInt(24))),
                new MptcpEvent.Subflow(path, datagram.get(88) != 0, OptionalInt.of(datagram.getInt(96))));
    }

    private static InetSocketAddress socketAddress(ByteBuffer datagram, int address, int port)
            throws UnknownHostException {
        byte[] bytes = new byte[4];
        datagram.get(address, bytes);
        int high = Byte.toUnsignedInt(datagram.get(port));
        return new InetSocketAddress(
                InetAddress.getByAddress(bytes), high << 8 | Byte.toUnsignedInt(datagram.get(port + 1)));
    }

    /** A subflow of sock_diag's list. */
    @Benchmark
    @OperationsPerInvocation(DUMPED)
    public List<DiagnosedSubflow> subflowOfAList() {
        return diag.subflows();
    }

    /** A command, and the kernel's word that it was done. */
    @Benchmark
    public MptcpPathManager command() {
        paths.createSubflow(TOKEN, local, KernelWords.REMOTE);
        return paths;
    }
}
