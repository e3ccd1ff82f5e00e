/** Convert. */
package net.hybridgateway.app.convert;
