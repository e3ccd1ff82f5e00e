package net.hybridgateway.lab.web;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import net.hybridgateway.lab.traffic.KnownBytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebServerTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final InetAddress loopback = InetAddress.getLoopbackAddress();
    private WebServer server;

    @BeforeEach
    void listen() throws IOException {
        server = WebServer.listen(0);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 7, 8, 65_535, 65_536, 65_537, 20_000_003})
    void givesAsManyKnownBytesAsAskedFor(long length) throws IOException {
        if (length > 0) {
            try (Download download = download(length)) {
                download.run();
                assertTrue(download.isExact());
            }
        } else {
            assertEquals("", get("/bytes/0").body());
        }
    }

    @Test
    void knownBytesOfAPartAreThoseOfTheWhole() {
        byte[] whole = new byte[4096];
        byte[] part = new byte[1024];
        KnownBytes.fill(0, whole);
        KnownBytes.fill(512, part);
        assertArrayEquals(Arrays.copyOfRange(whole, 512, 1536), part);
    }

    @Test
    void sinkAnswersWithLengthAndDigest() throws Exception {
        byte[] body = new byte[100_000];
        KnownBytes.fill(0, body);
        HttpRequest request = HttpRequest.newBuilder(uri("/sink"))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        assertEquals(
                "100000 " + KnownBytes.sha256(100_000) + "\n", send(request).body());
    }

    @Test
    void servesSeveralRequestsOverOneConnection() throws IOException {
        for (int i = 0; i < 3; i++) {
            assertEquals("small\n", get("/small").body());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/byte/1", "/sink"})
    void answers404ToAnythingElse(String path) throws IOException {
        assertEquals(404, get(path).statusCode());
    }

    @Test
    void aDownloadThatDiesIsAnError() throws IOException {
        Download download = download(Long.MAX_VALUE / 2);
        download.close();
        assertThrows(IOException.class, download::run);
    }

    private Download download(long length) throws IOException {
        return Download.open(loopback, new InetSocketAddress(loopback, server.port()), length, TIMEOUT);
    }

    private HttpResponse<String> get(String path) throws IOException {
        return send(HttpRequest.newBuilder(uri(path)).build());
    }

    private static HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private URI uri(String path) {
        return URI.create("http://" + loopback.getHostAddress() + ":" + server.port() + path);
    }
}
