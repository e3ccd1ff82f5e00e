package net.hybridgateway.app.daemon;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import net.hybridgateway.app.convert.CookieJar;
import net.hybridgateway.app.upstream.Cookies;
import net.hybridgateway.mgmt.config.ConversionPointConfig;
import net.hybridgateway.mgmt.config.GatewayConfig;
import org.tinylog.Logger;

/** Where the cookies of each conversion point are kept: a file that is configured, or one in the run directory. */
final class CookieJars {
    private final Path runDir;
    private final Cookies cookies;

    private CookieJars(Path runDir, Cookies cookies) {
        this.runDir = runDir;
        this.cookies = cookies;
    }

    /** @param writer writes them, for those who get cookies must not wait for the flash */
    static CookieJars open(GatewayConfig first, Path runDir, Executor writer) {
        Cookies cookies = new Cookies(Map.of(), writer);
        CookieJars jars = new CookieJars(runDir, cookies);
        jars.follow(first);
        first.discovery()
                .ifPresent(learnt -> cookies.keep(Cookies.LEARNT, jars.jar(learnt.cookieFile(), "cookie-learnt")));
        return jars;
    }

    Cookies cookies() {
        return cookies;
    }

    /** Opens jars for conversion points that are new. */
    void follow(GatewayConfig config) {
        for (ConversionPointConfig point : config.conversionPoints()) {
            if (!cookies.has(point.name())) {
                cookies.keep(point.name(), jar(point.cookieFile(), "cookie-" + point.name()));
            }
        }
    }

    private CookieJar jar(Optional<Path> file, String nameInRunDir) {
        CookieJar jar = CookieJar.open(file.orElse(runDir.resolve(nameInRunDir)));
        jar.problem().ifPresent(problem -> Logger.warn("{}", problem.getMessage()));
        return jar;
    }
}
