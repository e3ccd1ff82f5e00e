package net.hybridgateway.app.intercept;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import net.hybridgateway.app.relay.RelayLoop;
import net.hybridgateway.netlink.ffi.ErrnoException;
import net.hybridgateway.netlink.socket.MptcpInfo;
import net.hybridgateway.netlink.socket.Subflow;
import net.hybridgateway.netlink.socket.TcpState;
import net.hybridgateway.scheduler.SubflowTuple;

/**
 * Reads the connections that moved most: each loop its own, at two system calls for each that is read. Nobody waits; the
 * answer is given on the loop that was last.
 */
final class BusiestConnections {
    private static final Set<TcpState> STANDING =
            Set.of(TcpState.ESTABLISHED, TcpState.FIN_WAIT_1, TcpState.FIN_WAIT_2, TcpState.CLOSE_WAIT);

    private final int most;
    private final Consumer<List<TransferReading>> answer;
    private final List<TransferReading> readings = new ArrayList<>();
    private int loopsToAnswer;

    private record Moved(RelayMeter meter, long bytes) {}

    private BusiestConnections(int most, int loops, Consumer<List<TransferReading>> answer) {
        this.most = most;
        this.loopsToAnswer = loops;
        this.answer = answer;
    }

    /** Asks each loop for its busiest, and gives the busiest of all to the answer. */
    static void read(
            Map<RelayLoop, Set<InterceptedConnection>> connections,
            int most,
            LongSupplier nanoTime,
            Consumer<List<TransferReading>> answer) {
        BusiestConnections asked = new BusiestConnections(most, connections.size(), answer);
        connections.forEach((loop, own) -> loop.execute(() -> asked.add(busiest(own, most, nanoTime.getAsLong()))));
    }

    private static List<TransferReading> busiest(Collection<InterceptedConnection> own, int most, long nowNanos) {
        return own.stream()
                .flatMap(connection -> connection.meter().stream())
                .map(meter -> new Moved(meter, meter.movedSinceLastLook()))
                .filter(moved -> moved.bytes() > 0)
                .sorted(Comparator.comparingLong(Moved::bytes).reversed())
                .limit(most)
                .flatMap(moved -> reading(moved, nowNanos).stream())
                .toList();
    }

    private synchronized void add(List<TransferReading> ofOneLoop) {
        readings.addAll(ofOneLoop);
        if (--loopsToAnswer == 0) {
            answer.accept(readings.stream()
                    .sorted(Comparator.comparingLong(TransferReading::moved).reversed())
                    .limit(most)
                    .toList());
        }
    }

    private static Optional<TransferReading> reading(Moved moved, long nowNanos) {
        try {
            return moved.meter().multipathSocket().flatMap(fd -> MptcpInfo.of(fd)
                    .map(info -> new TransferReading(info.token(), nowNanos, moved.bytes(), subflows(fd))));
        } catch (ErrnoException e) {
            // It was reset a moment ago, and its loop has not heard of it yet.
            return Optional.empty();
        }
    }

    private static List<TransferReading.SubflowReading> subflows(int fd) {
        return Subflow.of(fd).stream()
                .filter(subflow -> STANDING.contains(subflow.tcp().state()))
                .map(subflow -> new TransferReading.SubflowReading(
                        new SubflowTuple(
                                subflow.addresses().local(), subflow.addresses().remote()),
                        subflow.tcp().bytesReceived(),
                        subflow.tcp().bytesAcked(),
                        TimeUnit.MICROSECONDS.toNanos(subflow.tcp().receiverRttMicros()),
                        TimeUnit.MICROSECONDS.toNanos(subflow.tcp().rttMicros()),
                        TimeUnit.MICROSECONDS.toNanos(subflow.tcp().minRttMicros())))
                .toList();
    }
}
