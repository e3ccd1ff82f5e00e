package net.hybridgateway.app.upstream;

import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import net.hybridgateway.app.convert.ConvertCookie;
import net.hybridgateway.app.convert.CookieJar;
import net.hybridgateway.app.convert.CookieJarException;
import org.tinylog.Logger;

/** The cookies of all conversion points. Thread-safe; files are written by the executor, never by a relay loop. */
public final class Cookies {
    private final Map<String, CookieJar> jars;
    private final Executor writer;

    /**
     * Keeps these jars.
     *
     * @param jars by the name of the conversion point; one that has none keeps no cookies
     */
    public Cookies(Map<String, CookieJar> jars, Executor writer) {
        this.jars = Map.copyOf(jars);
        this.writer = writer;
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
        return Optional.ofNullable(jars.get(conversionPoint.name()));
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
