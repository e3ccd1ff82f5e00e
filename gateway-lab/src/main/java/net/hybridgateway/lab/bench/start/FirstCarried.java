package net.hybridgateway.lab.bench.start;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import net.hybridgateway.lab.net.LabException;
import net.hybridgateway.lab.net.Node;
import net.hybridgateway.lab.net.Pause;

/**
 * A host that connects time and again until one of its connections comes from the conversion point. Those before are forwarded
 * by the kernel; none may fail.
 */
final class FirstCarried {
    private static final Duration BETWEEN_TWO = Duration.ofMillis(2);
    private static final int TIMEOUT_MILLIS = 10_000;

    private final Node host;
    private final InetSocketAddress teller;
    private final String conversionPoint;

    /** @param conversionPoint its address, as the teller sees it */
    FirstCarried(Node host, InetSocketAddress teller, String conversionPoint) {
        this.host = host;
        this.teller = teller;
        this.conversionPoint = conversionPoint;
    }

    /**
     * Waits for it.
     *
     * @return when the answer to the first one that was carried had come, of {@link System#nanoTime()}
     * @throws LabException if none was until the deadline, or one failed
     */
    long await(long deadlineNanos) {
        return host.call(() -> {
            while (System.nanoTime() - deadlineNanos < 0) {
                if (ask().equals(conversionPoint)) {
                    return System.nanoTime();
                }
                Pause.of(BETWEEN_TWO);
            }
            throw new LabException("no connection came from " + conversionPoint);
        });
    }

    private String ask() throws IOException {
        try (Socket socket = new Socket()) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(teller, TIMEOUT_MILLIS);
            socket.getOutputStream().write(0);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
