/**
 * The way in for commands: one table of them, {@link net.hybridgateway.mgmt.control.ControlCommands}, and the control
 * socket as its first user.
 *
 * <p>The control socket is {@code control.sock} in the run directory: a stream socket of mode 0600, that talks only to root
 * and the daemon's own user. Each request is one line, each gets one line back, in order:
 *
 * <pre>
 * -&gt; {"command":"status"}
 * &lt;- {"ok":true,"result":{...}}
 * -&gt; {"command":"status","format":"text"}
 * &lt;- {"ok":true,"result":"hybrid-gateway 0.1.0, up ..."}
 * -&gt; {"command":"stauts"}
 * &lt;- {"ok":false,"error":"unknown command 'stauts': known are connections, drill, ..."}
 * </pre>
 *
 * <p>An error that concerns single fields of the request also has {@code "fields"}, a list of {@code {"type":"uplink",
 * "name":"cellular","option":"use","message":"…"}}.
 *
 * <p>A command that takes long begins something and answers at once; another one tells how it goes, as {@code probe-report}
 * does of {@code probe}.
 *
 * <p>Further members of a request are the arguments of its command. UTF-8; a request has at most 65536 bytes, its line feed
 * included.
 *
 * <p>The native library for Unix sockets is used by {@code ControlServer}, {@code ControlClient} and nothing else.
 */
package net.hybridgateway.mgmt.control;
