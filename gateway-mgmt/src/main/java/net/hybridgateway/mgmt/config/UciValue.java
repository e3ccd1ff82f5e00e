package net.hybridgateway.mgmt.config;

/** One value as it stands in the file, quotes and escapes undone, and the line it stands on. */
record UciValue(String text, int line) {}
