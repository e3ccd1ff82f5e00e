package net.hybridgateway.mgmt.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import net.hybridgateway.mgmt.config.WebConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page over HTTPS, with a certificate that the test makes. */
class TlsTest {
    private static final String STORE_PASSWORD = "changeit";

    @TempDir
    private Path folder;

    private KeyStore store;
    private WebConfig.Certificate files;

    @BeforeEach
    void makeCertificate() throws Exception {
        Path keys = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "page",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=gateway",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keys.toString(),
                        "-storepass",
                        STORE_PASSWORD))
                .redirectErrorStream(true)
                .start();
        keytool.getInputStream().readAllBytes();
        assertEquals(0, keytool.waitFor());
        store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, STORE_PASSWORD.toCharArray());
        }
        Certificate certificate = store.getCertificate("page");
        Key key = store.getKey("page", STORE_PASSWORD.toCharArray());
        files = new WebConfig.Certificate(
                pem("cert.pem", "CERTIFICATE", certificate.getEncoded()),
                pem("key.pem", "PRIVATE KEY", key.getEncoded()));
    }

    private Path pem(String name, String type, byte[] bytes) throws IOException {
        String base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(bytes);
        return Files.writeString(
                folder.resolve(name), "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n");
    }

    @Test
    void isServedWithACookieForTlsAlone() throws Exception {
        try (TestServer server = TestServer.withPassword(folder, TestServer.settings(false, Optional.of(files)));
                SSLSocket socket = connect(server.address());
                Browser browser = Browser.over(
                        socket, "https://127.0.0.1:" + server.address().getPort())) {
            Browser.Answer answer = browser.post("/api/login", "{\"password\":\"" + TestServer.PASSWORD + "\"}");

            assertEquals(200, answer.status(), answer.body());
            String cookie = answer.headers().get("set-cookie");
            assertTrue(cookie.startsWith("__Host-hybrid_gateway="), cookie);
            assertTrue(cookie.endsWith("; Path=/; HttpOnly; SameSite=Strict; Secure"), cookie);
            assertEquals(200, browser.get("/api/session").status());
            assertTrue(
                    List.of("TLSv1.3", "TLSv1.2").contains(socket.getSession().getProtocol()));
        }
    }

    private SSLSocket connect(InetSocketAddress server) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("page", store.getCertificate("page"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return (SSLSocket) context.getSocketFactory().createSocket(server.getAddress(), server.getPort());
    }

    @Test
    void endsWhoSpeaksInClearText() throws Exception {
        try (TestServer server = TestServer.withPassword(folder, TestServer.settings(false, Optional.of(files)));
                Browser browser = server.open()) {
            browser.send("GET / HTTP/1.1\r\nHost: " + browser.host() + "\r\n\r\n");
            assertThrows(IOException.class, browser::answer);
        }
    }

    @Test
    void changesNothingIfCertificateAndKeyDoNotFit() throws Exception {
        Files.writeString(
                folder.resolve("broken.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        WebConfig.Certificate broken = new WebConfig.Certificate(folder.resolve("broken.pem"), files.keyFile());
        WebConfig.Certificate missing = new WebConfig.Certificate(files.certFile(), folder.resolve("missing.pem"));
        try (TestServer server = TestServer.withPassword(folder);
                Browser browser = server.open()) {
            for (WebConfig.Certificate wrong : List.of(broken, missing)) {
                WebException refused = assertThrows(WebException.class, () -> server.server()
                        .apply(TestServer.settings(false, Optional.of(wrong))));
                assertTrue(refused.getMessage().contains(wrong.certFile().toString()), refused.getMessage());
                assertTrue(refused.getMessage().contains(wrong.keyFile().toString()), refused.getMessage());
            }
            assertEquals(200, browser.get("/").status());
        }
    }
}
