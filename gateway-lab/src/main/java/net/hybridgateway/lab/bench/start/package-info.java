/** How long the daemon takes from its start to the first connection that it carries, and what memory it takes then. */
package net.hybridgateway.lab.bench.start;
