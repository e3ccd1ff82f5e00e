/** The arithmetic of measurements. */
package net.hybridgateway.lab.measure;
