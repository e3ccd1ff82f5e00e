/** Middleboxes on the real kernel, by what both ends of a connection say of it. */
package net.hybridgateway.lab.middlebox;
