package net.hybridgateway.mgmt.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The client with daemons that misbehave. */
@Timeout(300)
class ControlClientTest {
    @TempDir
    Path directory;

    private Path socket() {
        return directory.resolve("s");
    }

    private String refusal() {
        return assertThrows(ControlException.class, () -> new ControlClient(socket()).text("status", Map.of()))
                .getMessage();
    }

    @Test
    void saysThatNoDaemonAnswers() {
        assertEquals("no daemon answers on " + socket() + ": is hybrid-gateway running?", refusal());
    }

    static Stream<Arguments> badAnswers() {
        return Stream.of(
                Arguments.of("{\"ok\":false,\"error\":\"no\"}\n", "no"),
                Arguments.of("{\"ok\":false}\n", "the daemon gave no reason"),
                Arguments.of("{}\n", "the daemon gave no reason"),
                Arguments.of("", "the daemon on SOCKET broke off before its answer was complete"),
                Arguments.of("{\"ok\":true,\"res", "the daemon on SOCKET broke off before its answer was complete"));
    }

    @ParameterizedTest
    @MethodSource("badAnswers")
    void saysWhatIsWrongWithTheAnswer(String answer, String problem) throws Exception {
        assertEquals(problem.replace("SOCKET", socket().toString()), withAnswer(answer));
    }

    @Test
    void saysThatTheAnswerIsNotJson() throws Exception {
        assertEquals(
                "the daemon's answer is not JSON:", withAnswer("nonsense\n").substring(0, 32));
    }

    private String withAnswer(String answer) throws IOException, InterruptedException {
        try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(UnixDomainSocketAddress.of(socket()));
            Thread daemon = new Thread(() -> answerOnce(listener, answer));
            daemon.start();
            String problem = refusal();
            daemon.join();
            return problem;
        }
    }

    private static void answerOnce(ServerSocketChannel listener, String answer) {
        try (SocketChannel client = listener.accept()) {
            client.read(ByteBuffer.allocate(ControlSession.MAX_REQUEST_BYTES));
            client.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
