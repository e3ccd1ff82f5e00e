/**
 * The product as the lab runs it: the built distribution's processes, in the house's namespaces, driven through its
 * command line alone.
 */
package net.hybridgateway.lab.product;
