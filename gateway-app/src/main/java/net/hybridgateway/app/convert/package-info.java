/**
 * The 0-RTT TCP Convert Protocol of RFC 8803, version 1: how a client asks a converter for a connection to a server in
 * the first bytes of its stream, and how the converter answers in the first bytes of the other direction. Everything
 * here is free of I/O but {@link net.hybridgateway.app.convert.CookieJar}, and needs nothing but the JDK.
 *
 * <p>Numbers are big-endian, lengths count 32-bit words and include what they stand in, everything is filled with
 * zeroes to a word. The longest message has 255 words, 1020 bytes. User data follows the message at once.
 *
 * <pre>
 * Fixed header (§6.1)
 *   | version = 1 | total words  | magic = 0x2263             |
 * then TLVs (§6.2.1), each type at most once, type 0 never
 *   | type        | words        | value ...                  |
 *
 * client to converter
 *    1 Info (§6.2.3)        | 01 | 01 | zero (16)                            |
 *   10 Connect (§6.2.5)     | 0a | n  | port (16)                            |
 *                           | address (128), IPv4 as ::ffff:a.b.c.d          |
 *                           | TCP options if n &gt; 5: kind, length, value ...  |
 *   22 Cookie (§6.2.7)      | 16 | n  | zero (16)       | opaque ...         |
 * converter to client
 *   20 Ext. TCP Header      | 14 | n  | unassigned (16) | options of the     |
 *      (§6.2.6)                                           server's SYN+ACK
 *   21 Supported TCP        | 15 | n  | unassigned (16) | option kinds ...   |
 *      Extensions (§6.2.4)
 *   30 Error (§6.2.8)       | 1e | n  | code (8) | value (8 or more) ...     |
 * A reply of the header alone means "accepted, nothing to report".
 * </pre>
 *
 * <p>What is received and breaks a rule, and what each side does; a client always resets its connection:
 *
 * <pre>
 * fault                                        converter
 * magic other than 0x2263, no TLV, cut short   ignores (§6)
 * version other than 1                         error 0 with version 1 (§6.2.8)
 * total length 0                               resets (§6.1)
 * TLV type 0, unknown, or not from a client    error 2 with echo (§6.2.2, §6.2.8); a client skips unknown types
 * TLV length 0, beyond the message,            error 1 with echo (§6.2.1, §9)
 *   impossible for its type, TLV type twice
 * multicast, broadcast, loopback, unspecified  error 1 with echo (§6.2.5)
 * TCP option too short or beyond its TLV       error 1 with echo
 * padding, zero or unassigned not zero         accepts
 * </pre>
 *
 * <p>What a client does about errors, see {@link net.hybridgateway.app.convert.ConvertReaction}:
 *
 * <pre>
 * code                          reaction                                  LAN data may be sent again
 *  0 unsupported version        converter unusable                        yes
 *  1 malformed message          converter unusable, perhaps this target   yes
 *  2 unsupported message        converter unusable                        yes
 *  3 missing cookie             again with the cookie                     yes
 * 32 not authorized             again without cookie if one was sent,     yes
 *                               else unusable, perhaps this target
 * 33 unsupported TCP option     again without these options               yes
 * 64 resource exceeded          avoid the converter for a while           yes
 * 65 network failure            avoid the converter for a while           yes
 * 96 connection reset           reset the LAN host's connection           no
 * 97 destination unreachable    reset the LAN host's connection           no
 * </pre>
 */
package net.hybridgateway.app.convert;
