package net.hybridgateway.mgmt.settings;

import java.util.List;
import net.hybridgateway.mgmt.config.GatewayConfig;

/** The running gateway, which is to do what a new configuration says. */
public interface LiveGateway {
    /**
     * Goes over to a configuration, without dropping what is carried. Called on the thread that owns the settings; may
     * take a moment.
     *
     * @return what of it waits for a restart, as {@code SECTION.OPTION} or {@code TYPE 'NAME'}; empty if all is in effect
     * @throws RuntimeException if the kernel, or whatever else, refuses: then it does what it did before
     */
    List<String> apply(GatewayConfig config);

    /** Something about the settings to be told in the log and the events: one sentence. */
    void tell(String sentence);
}
