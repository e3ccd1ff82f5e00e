/** The lab itself, on the real kernel: what the other integration tests rely on. */
package net.hybridgateway.lab.net;
