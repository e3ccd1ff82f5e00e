package net.hybridgateway.scheduler;

/** What a subflow's error says about its path; numbers of Linux (asm-generic/errno.h). */
final class SubflowErrors {
    private static final int ENETDOWN = 100;
    private static final int ENETUNREACH = 101;
    private static final int ETIMEDOUT = 110;
    private static final int EHOSTUNREACH = 113;

    private SubflowErrors() {}

    /** Whether packets got lost on the way; a reset (ECONNRESET), for one, proves that they did not. */
    static boolean ofThePath(int errno) {
        return errno == ENETDOWN || errno == ENETUNREACH || errno == ETIMEDOUT || errno == EHOSTUNREACH;
    }
}
