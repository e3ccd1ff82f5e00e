/** The web server and the timing client, over loopback. */
package net.hybridgateway.lab.web;
