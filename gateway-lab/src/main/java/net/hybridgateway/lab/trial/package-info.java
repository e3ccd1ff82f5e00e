/**
 * Trials of the whole product, each with a question that a user would ask, figures, and a bound that each figure must keep
 * to. {@code ./dev bench NAME} runs them at full length, the tests a short form of each.
 *
 * <ul>
 *   <li>{@link net.hybridgateway.lab.trial.CycleTrial}: the fixed line breaks and returns a hundred times. Is a connection
 *       lost, a byte wrong, is cellular left again?
 *   <li>{@link net.hybridgateway.lab.trial.QuietTrial}: nothing breaks. Does cellular cost anything?
 *   <li>{@link net.hybridgateway.lab.trial.CrowdTrial}: a thousand connections at a break. When do they go on?
 *   <li>{@link net.hybridgateway.lab.trial.NewcomerTrial}: pages that are opened just after the line fell silent. How late
 *       are they?
 *   <li>{@link net.hybridgateway.lab.trial.OverflowTrial}: cellular helps when the fixed line is full. How much, and when
 *       does it stop?
 *   <li>{@link net.hybridgateway.lab.trial.FlapTrial}: the line comes and goes every other second. Does the gateway keep
 *       calm, and say so?
 * </ul>
 */
package net.hybridgateway.lab.trial;
