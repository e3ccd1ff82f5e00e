/** What several tests of this module need: addresses without a name service, and a gateway's parts with usual values. */
package net.hybridgateway.app.testing;
