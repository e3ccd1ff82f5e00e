/** Files that outlive a crash or a power cut: what is written replaces what was there as a whole, or not at all. */
package net.hybridgateway.mgmt.files;
