package net.hybridgateway.lab.mqtt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.hybridgateway.lab.net.Command;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.LabException;

/** An authority, and what it issues, made with openssl in a folder; everything is EC P-256 and valid for a month. */
public final class Certificates {
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final Path folder;

    private Certificates(Path folder) {
        this.folder = folder;
    }

    /** A certificate and its key (PKCS#8), both in PEM form. */
    public record Issued(Path certificate, Path key) {}

    /** Founds the authority of a house, among its files. */
    public static Certificates of(House house) {
        return found(house.run().folder().resolve("authority"));
    }

    /**
     * Founds an authority.
     *
     * @param folder is made; nothing in it is kept
     */
    public static Certificates found(Path folder) {
        Certificates made = new Certificates(folder);
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("index.txt"), "");
            Files.writeString(folder.resolve("serial"), "1000\n");
            Files.writeString(folder.resolve("ca.conf"), """
                    [ca]
                    default_ca = lab
                    [lab]
                    dir = %1$s
                    database = %1$s/index.txt
                    new_certs_dir = %1$s
                    serial = %1$s/serial
                    certificate = %1$s/ca.pem
                    private_key = %1$s/ca.key
                    default_md = sha256
                    default_days = 30
                    policy = any
                    unique_subject = no
                    copy_extensions = copy
                    [any]
                    commonName = supplied
                    """.formatted(folder));
        } catch (IOException e) {
            throw new LabException("cannot write into " + folder, e);
        }
        made.openssl(
                "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj",
                "/CN=Authority of " + folder.getFileName(),
                "-keyout ca.key -out ca.pem");
        return made;
    }

    /** The authority's own certificate. */
    public Path authority() {
        return folder.resolve("ca.pem");
    }

    /** For a broker that answers to these names, like {@code DNS:broker.example.net} and {@code IP:203.0.113.80}. */
    public Issued broker(String name, String... alternatives) {
        return issue(name, "-addext", "subjectAltName=" + String.join(",", alternatives), "");
    }

    /** For a broker, from a year on. */
    public Issued brokerOfNextYear(String name, String... alternatives) {
        return issue(
                name,
                "-addext",
                "subjectAltName=" + String.join(",", alternatives),
                "-startdate 20990101000000Z -enddate 20991231000000Z");
    }

    /** For a gateway with this id. */
    public Issued gateway(String id) {
        return issue(id, "", "", "");
    }

    private Issued issue(String name, String option, String value, String dates) {
        List<String> request = new ArrayList<>(List.of(
                "req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout " + name + ".key -out " + name + ".csr"
                        + " -subj",
                "/CN=" + name));
        if (!option.isEmpty()) {
            request.addAll(List.of(option, value));
        }
        openssl(request.toArray(String[]::new));
        openssl("ca -batch -notext -config ca.conf -in " + name + ".csr -out " + name + ".pem " + dates);
        return new Issued(folder.resolve(name + ".pem"), folder.resolve(name + ".key"));
    }

    /** The same key in the form that is too old for Java. */
    public Path inOldForm(Issued issued) {
        Path old = issued.key().resolveSibling("old-" + issued.key().getFileName());
        openssl("ec -in " + issued.key() + " -out " + old);
        return old;
    }

    /** Runs it in the folder. What stands in odd places is split at blanks, the rest is not. */
    private void openssl(String... parts) {
        List<String> words = new ArrayList<>(List.of("openssl"));
        for (int i = 0; i < parts.length; i++) {
            if (i % 2 == 0) {
                words.addAll(Arrays.asList(parts[i].strip().split(" +", -1)));
            } else {
                words.add(parts[i]);
            }
        }
        Command.runIn(folder, words, TIMEOUT);
    }
}
