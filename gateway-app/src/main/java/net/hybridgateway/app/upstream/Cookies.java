package net.hybridgateway.app.upstream;

import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import net.hybridgateway.app.convert.ConvertCookie;
import net.hybridgateway.app.convert.CookieJar;
import net.hybridgateway.app.convert.CookieJarException;
import org.tinylog.Logger;

/** The cookies of all conversion points. Thread-safe; files are written by the executor, never by a relay loop. */
public final class Cookies {
    /** The name under which the jar of all conversion points is that were learnt; a section cannot be called so. */
    public static final String LEARNT = "learnt:";

    private final Map<String, CookieJar> jars;
    private final Executor writer;

    /**
     * Keeps these jars.
     *
     * @param jars by the name of the conversion point; one that has none keeps no cookies
     */
    public Cookies(Map<String, CookieJar> jars, Executor writer) {
        this.jars = new ConcurrentHashMap<>(jars);
        this.writer = writer;
    }

    /** Whether there is a jar for a conversion point of the configuration. */
    public boolean has(String conversionPoint) {
        return jars.containsKey(conversionPoint);
    }

    /** From now on, the cookies of this conversion point are kept there. */
    public void keep(String conversionPoint, CookieJar jar) {
        jars.put(conversionPoint, jar);
    }

    Optional<ConvertCookie> find(ConversionPoint conversionPoint, InetAddress source) {
        return jar(conversionPoint).flatMap(jar -> jar.cookie(conversionPoint.address(), source));
    }

    void learn(ConversionPoint conversionPoint, InetAddress source, ConvertCookie cookie) {
        jar(conversionPoint).ifPresent(jar -> {
            jar.learn(conversionPoint.address(), source, cookie);
            save(jar);
        });
    }

    void forget(ConversionPoint conversionPoint, InetAddress source) {
        jar(conversionPoint).ifPresent(jar -> {
            jar.forget(conversionPoint.address(), source);
            save(jar);
        });
    }

    private Optional<CookieJar> jar(ConversionPoint conversionPoint) {
        boolean configured = conversionPoint.origin().equals(PointOrigin.CONFIGURATION);
        return Optional.ofNullable(jars.get(configured ? conversionPoint.name() : LEARNT));
    }

    private void save(CookieJar jar) {
        writer.execute(() -> {
            try {
                jar.save();
            } catch (CookieJarException e) {
                // It is still in memory: only a restart will have to learn it again.
                Logger.warn("{}", e.getMessage());
            }
        });
    }
}
