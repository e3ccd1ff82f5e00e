/**
 * Decides which uplinks take part in which connection, and when: the state of every uplink, what a break and a return
 * mean for each connection, and which subflows the kernel should therefore have.
 *
 * <p>{@link net.hybridgateway.scheduler.PolicyEngine} is a pure machine. {@link net.hybridgateway.scheduler.EngineEvent}s
 * and the time go in, {@link net.hybridgateway.scheduler.Decision}s and the next deadline come out; it has no clock, no
 * threads and does no I/O, so an outage of minutes plays in a test in milliseconds, and every run can be replayed. It
 * compares what each connection should have with what it has, and decides the next step towards it, so that a lost or
 * repeated event costs time but never the plan.
 *
 * <p>Not to be confused with the packet scheduler of the kernel, which picks the subflow for each segment. Words are
 * those of RFC 8684 (token, subflow, address id, backup) and of the kernel's {@code mptcp_pm} netlink family, whose
 * behaviour the state machines follow: subflows can be created only after ESTABLISHED, creation is asynchronous and never
 * retried, and REMOVE_ADDR is lost on a subflow that is not fully established.
 */
package net.hybridgateway.scheduler;
