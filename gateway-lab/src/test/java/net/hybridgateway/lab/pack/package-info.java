/** What is packed is read back here, by readers that share no code with the writers. */
package net.hybridgateway.lab.pack;
