package net.hybridgateway.mgmt.mqtt.paho;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PemFilesTest {
    private static final String SECRET = "c2VjcmV0LWNhbmFyeQ==";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    void readsKeysOfEachKind(String algorithm) throws IOException, GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        PrivateKey key = generator.generateKeyPair().getPrivate();
        Path file = write(block("PRIVATE KEY", Base64.getMimeEncoder().encodeToString(key.getEncoded())));
        assertEquals(key, PemFiles.key(file));
    }

    @ParameterizedTest
    @CsvSource({
        "RSA PRIVATE KEY, openssl pkcs8 -topk8 -nocrypt",
        "EC PRIVATE KEY, openssl pkcs8 -topk8 -nocrypt",
        "ENCRYPTED PRIVATE KEY, nobody to type its password",
        "PUBLIC KEY, has no key",
        "PRIVATE KEY, 'neither RSA nor EC nor EdDSA, or is damaged'"
    })
    void saysWhatIsWrongWithAKeyAndNotTheKey(String label, String words) throws IOException {
        Path file = write(block(label, SECRET));
        IOException e = assertThrows(IOException.class, () -> PemFiles.key(file));
        assertTrue(e.getMessage().startsWith(file.toString()), e.getMessage());
        assertTrue(e.getMessage().contains(words), e.getMessage());
        assertFalse(e.getMessage().contains(SECRET), e.getMessage());
    }

    @Test
    void saysThatAFileIsNotThereOrTooLarge() throws IOException {
        Path missing = folder.resolve("missing.pem");
        assertTrue(assertThrows(IOException.class, () -> PemFiles.certificates(missing))
                .getMessage()
                .endsWith("is not there"));
        Path large = write("x".repeat(1024 * 1024 + 1));
        assertTrue(assertThrows(IOException.class, () -> PemFiles.key(large))
                .getMessage()
                .endsWith("larger than a megabyte"));
    }

    @Test
    void saysThatACertificateIsDamagedOrMissing() throws IOException {
        Path damaged = write(block("CERTIFICATE", SECRET));
        assertTrue(assertThrows(IOException.class, () -> PemFiles.certificates(damaged))
                .getMessage()
                .contains("cannot be read"));
        Path none = write("nothing here\n");
        assertTrue(assertThrows(IOException.class, () -> PemFiles.certificates(none))
                .getMessage()
                .contains("has no certificate"));
    }

    private Path write(String text) throws IOException {
        Path file = folder.resolve("file.pem");
        Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));
        return file;
    }

    private static String block(String label, String content) {
        return "-----BEGIN " + label + "-----\n" + content + "\n-----END " + label + "-----\n";
    }
}
