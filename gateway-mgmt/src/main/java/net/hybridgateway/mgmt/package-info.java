/**
 * The gateway as seen from outside: {@code config} is what the user wants, {@code status} is what there is to show, and
 * {@code control} is the way in for commands. Nothing here decides about traffic or touches the kernel's network state;
 * the application implements {@link net.hybridgateway.mgmt.status.StatusSource} and hands it in.
 *
 * <p>{@code settings} changes what the user wants, for whoever asks.
 *
 * <p>{@code control} may use {@code status}; {@code config} uses neither and is used by neither, but {@code settings} uses
 * {@code config} and {@code control}.
 */
package net.hybridgateway.mgmt;
