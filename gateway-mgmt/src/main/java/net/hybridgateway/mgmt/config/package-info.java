/**
 * The configuration file {@code /etc/config/hybrid-gateway}: from UCI text to one checked, immutable
 * {@link net.hybridgateway.mgmt.config.GatewayConfig}, or to the list of all problems at once.
 *
 * <pre>
 * text ── UciReader ──&gt; UciSection* ── SectionReader + one *Section class per section type ──&gt; records
 *                │                            │
 *                └──────── Problems ──────────┘ ──&gt; ConfigException
 * </pre>
 *
 * <p>Each section type is one class that holds its option table and turns a section into a record:
 * {@code GatewaySection}, {@code UplinkSection}, {@code ConversionPointSection} and so on. {@code ConfigSchema} lists them, and the
 * sections that a later version will know. Defaults stand in the option tables and nowhere else, as text, just as a user
 * would write them; docs/configuration.md is compared with these tables by a test.
 *
 * <p>Sections and values keep their line numbers, so that problems can name them.
 */
package net.hybridgateway.mgmt.config;
