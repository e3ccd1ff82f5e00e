package net.hybridgateway.mgmt.web;

/** A window that wants to be told the state once a second. Called on the thread "web". */
interface Watcher {
    /** Whether it takes more; what it cannot take now is not kept for it. */
    boolean ready();

    /** Sends lines of a stream of events (WHATWG HTML §9.2.5). */
    void send(String lines);

    /** Sends these last lines and ends. */
    void end(String lines);
}
