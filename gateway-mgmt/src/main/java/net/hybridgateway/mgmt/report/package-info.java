/**
 * What a report may tell: {@link net.hybridgateway.mgmt.report.Redaction} goes over every text that leaves in one. A report
 * is made for strangers to read, so what is doubtful is taken out.
 */
package net.hybridgateway.mgmt.report;
