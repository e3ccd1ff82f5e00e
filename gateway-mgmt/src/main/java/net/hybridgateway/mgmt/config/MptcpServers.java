package net.hybridgateway.mgmt.config;

/** What is asked for where a server may speak Multipath TCP itself. */
public enum MptcpServers {
    /** Nothing: the conversion point speaks to servers as its operator has set it up. */
    OPERATOR,
    /** That the conversion point speaks Multipath TCP to servers that can, and so keeps two such connections together. */
    KEEP,
    /**
     * The same at first; once a server was seen to speak it, later connections go to it without a conversion point, where
     * all uplinks lead to it.
     */
    BYPASS
}
