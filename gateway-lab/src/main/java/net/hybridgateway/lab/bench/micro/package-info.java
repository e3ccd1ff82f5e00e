/**
 * What single steps of the daemon take, without a network: the netlink and Convert codecs and the policy engine, measured by
 * JMH, each beside the least that it could take or among more and more connections.
 *
 * <p>Classes that are called {@code …Steps} hold the measured methods. JMH wants them, and what they stand on, to be public.
 */
package net.hybridgateway.lab.bench.micro;
