/**
 * What the daemon takes of the machine, and how its classes are made ready: the house that it is looked at in, the run that
 * tells its classes, its memory as the kernel counts it.
 */
package net.hybridgateway.lab.footprint;
