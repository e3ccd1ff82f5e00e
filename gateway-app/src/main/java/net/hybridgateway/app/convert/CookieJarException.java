package net.hybridgateway.app.convert;

import java.io.IOException;
import java.nio.file.Path;

/** The file of a {@link CookieJar} could not be used. Cookies can always be learnt anew, so this is never fatal. */
public final class CookieJarException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Problem problem;

    CookieJarException(Problem problem, Path file, String detail) {
        super("cookie file " + file + ": " + problem + ": " + detail);
        this.problem = problem;
    }

    CookieJarException(Problem problem, Path file, IOException cause) {
        super("cookie file " + file + ": " + problem + ": " + cause, cause);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }

    /** What went wrong. */
    public enum Problem {
        /** The file is there, but is not what we wrote; it is taken as empty. */
        CORRUPT,
        /** The file is there, but cannot be read. */
        UNREADABLE,
        /** The file cannot be written or replaced; the old one is still there. */
        UNWRITABLE
    }
}
