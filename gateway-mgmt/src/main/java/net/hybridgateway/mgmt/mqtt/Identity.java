package net.hybridgateway.mgmt.mqtt;

import java.util.Objects;

/**
 * Who the gateway says that it is.
 *
 * @param id also the client id
 * @param start tells one start of the daemon from another: sequence numbers begin anew with it
 * @param version of this program
 * @param model of the machine; may be empty
 */
public record Identity(String id, String start, String version, String model) {
    public Identity {
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(model, "model");
        if (id.isEmpty() || start.isEmpty()) {
            throw new IllegalArgumentException("no id");
        }
    }
}
