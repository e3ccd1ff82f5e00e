package net.hybridgateway.app.convert;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import net.hybridgateway.app.convert.CookieJarException.Problem;

/**
 * The cookies that converters gave us (RFC 8803 §6.2.7), in memory and in a file, so that the first connection after a
 * restart need not be refused.
 *
 * <p>A cookie belongs to a converter and to the address that we reached it from: a gateway has one address per uplink
 * and a converter binds its cookie to the address that it sees. At most {@value #MAX_COOKIES} are kept; the one learnt
 * longest ago makes room.
 *
 * <p>{@link #learn}, {@link #forget} and {@link #cookie} touch memory only and may be called by any thread;
 * {@link #save} writes, and only what changed, to spare a router's flash.
 */
public final class CookieJar {
    public static final int MAX_COOKIES = 32;

    private final Path file;
    private final Map<Owner, ConvertCookie> cookies = new LinkedHashMap<>();

    /** Held while writing, so that an older state never replaces a newer one. */
    private final Object fileLock = new Object();

    private Optional<CookieJarException> problem = Optional.empty();
    private boolean changed;

    private CookieJar(Path file) {
        this.file = file;
    }

    /**
     * Reads the file. A missing one is an empty jar; so is one that cannot be read or understood, with
     * {@link #problem} saying why.
     */
    public static CookieJar open(Path file) {
        CookieJar jar = new CookieJar(file);
        try {
            jar.cookies.putAll(CookieFile.read(file));
        } catch (CookieJarException e) {
            jar.problem = Optional.of(e);
        }
        return jar;
    }

    /** Why the file could not be used when the jar was opened. */
    public Optional<CookieJarException> problem() {
        return problem;
    }

    /** The cookie to send to {@code converter} from the address {@code local}. */
    public synchronized Optional<ConvertCookie> cookie(InetSocketAddress converter, InetAddress local) {
        return Optional.ofNullable(cookies.get(new Owner(converter, local)));
    }

    /** Keeps the cookie of an error 3. */
    public synchronized void learn(InetSocketAddress converter, InetAddress local, ConvertCookie cookie) {
        Objects.requireNonNull(cookie);
        Owner owner = new Owner(converter, local);
        if (cookie.equals(cookies.get(owner))) {
            return;
        }
        cookies.remove(owner);
        if (cookies.size() == MAX_COOKIES) {
            cookies.remove(cookies.keySet().iterator().next());
        }
        cookies.put(owner, cookie);
        changed = true;
    }

    /** Drops a cookie that the converter did not accept. */
    public synchronized void forget(InetSocketAddress converter, InetAddress local) {
        changed |= cookies.remove(new Owner(converter, local)) != null;
    }

    /**
     * Writes the file if a cookie changed since the last call: a new file beside it, readable by the owner only, then
     * a rename. After a failure the old file is untouched and the next call tries again.
     *
     * @throws CookieJarException with {@link Problem#UNWRITABLE}
     */
    public void save() throws CookieJarException {
        synchronized (fileLock) {
            saveIfChanged();
        }
    }

    private void saveIfChanged() throws CookieJarException {
        byte[] content;
        synchronized (this) {
            if (!changed) {
                return;
            }
            content = CookieFile.format(cookies);
            changed = false;
        }
        try {
            replaceFile(content);
        } catch (IOException e) {
            synchronized (this) {
                changed = true;
            }
            throw new CookieJarException(Problem.UNWRITABLE, file, e);
        }
    }

    private void replaceFile(byte[] content) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Path fresh = Files.createTempFile(
                folder,
                "." + file.getFileName(),
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            try (FileChannel out = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                ByteBuffer left = ByteBuffer.wrap(content);
                while (left.hasRemaining()) {
                    out.write(left);
                }
                out.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /** Whose cookie it is. */
    record Owner(InetSocketAddress converter, InetAddress local) {
        Owner {
            Objects.requireNonNull(local);
            if (converter.isUnresolved()) {
                throw new IllegalArgumentException("a converter is known by its address: " + converter);
            }
        }
    }
}
