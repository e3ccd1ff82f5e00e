package net.hybridgateway.app.upstream;

/** Finds out, by connections of its own, what becomes of the handshake on a path. */
@FunctionalInterface
public interface PathExaminer {
    /**
     * Begins to ask, and does not wait. Whatever comes of it, {@link PathMemory#learn} of the route's memory is called once.
     *
     * @param route over which path, and to whom
     */
    void examine(Route route);
}
