package net.hybridgateway.mgmt.mqtt.paho;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import net.hybridgateway.mgmt.config.MqttConfig;

/**
 * TLS towards brokers: who they must be, and who the gateway is. Files are read for each connection, so that a renewed
 * certificate is used without a restart.
 */
final class BrokerTls {
    private static final Path SYSTEM_STORE = Path.of("/etc/ssl/certs/ca-certificates.crt");
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private final MqttConfig.Tls files;

    BrokerTls(MqttConfig.Tls files) {
        this.files = files;
    }

    /** Where the certificates of authorities come from, for messages. */
    String authorities() {
        return files.caFile().map(Path::toString).orElse("the system's list of authorities");
    }

    /**
     * Encrypts a connection, and makes sure that the broker is who it should be.
     *
     * @param host the broker's name, to be found in its certificate (RFC 9525) and told in the handshake (SNI); or its address
     * @param patienceMillis for each answer in the handshake
     */
    Socket encrypt(Socket plain, String host, int port, int patienceMillis) throws IOException {
        SSLContext context = context();
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setProtocols(PROTOCOLS);
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(patienceMillis);
        socket.startHandshake();
        socket.setSoTimeout(0);
        return socket;
    }

    private SSLContext context() throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            Optional<KeyStore> store = trusted();
            trust.init(store.orElse(null));
            context.init(keys(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS cannot be set up: " + e.getMessage(), e);
        }
    }

    /** Empty for those that came with the Java runtime. */
    private Optional<KeyStore> trusted() throws IOException, GeneralSecurityException {
        Path file = files.caFile().orElse(SYSTEM_STORE);
        if (files.caFile().isEmpty() && !Files.exists(file)) {
            return Optional.empty();
        }
        KeyStore store = empty();
        int number = 0;
        for (X509Certificate certificate : PemFiles.certificates(file)) {
            store.setCertificateEntry("ca" + number++, certificate);
        }
        return Optional.of(store);
    }

    private KeyManager[] keys() throws IOException, GeneralSecurityException {
        if (files.certFile().isEmpty()) {
            return new KeyManager[0];
        }
        List<X509Certificate> chain = PemFiles.certificates(files.certFile().get());
        PrivateKey key = PemFiles.key(files.keyFile().orElseThrow());
        if (!key.getAlgorithm().equals(chain.get(0).getPublicKey().getAlgorithm())) {
            throw new IOException(files.keyFile().get() + " is not the key of the certificate in "
                    + files.certFile().get());
        }
        KeyStore store = empty();
        char[] inMemoryOnly = "-".toCharArray();
        store.setKeyEntry("gateway", key, inMemoryOnly, chain.toArray(Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, inMemoryOnly);
        return factory.getKeyManagers();
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
