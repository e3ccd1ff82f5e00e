/**
 * A small web server whose every byte is known beforehand, and a client that times every read.
 *
 * <p>{@code GET /bytes/N} gives N pseudo-random bytes, always the same; {@code POST /sink} takes a body of any length and
 * answers with its length and SHA-256; {@code GET /small} answers with one short line.
 */
package net.hybridgateway.lab.web;
