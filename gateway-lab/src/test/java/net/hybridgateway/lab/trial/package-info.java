/** The trials in short form, and their arithmetic. */
package net.hybridgateway.lab.trial;
