/** Small measurements that are run by hand: one program each, plain text on standard output. */
package net.hybridgateway.lab.measure;
