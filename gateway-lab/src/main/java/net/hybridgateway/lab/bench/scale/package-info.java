/** {@code ./dev bench scale}: whether the thousandth connection costs more than the tenth. */
package net.hybridgateway.lab.bench.scale;
