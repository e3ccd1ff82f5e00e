package net.hybridgateway.mgmt.mqtt.paho;

/** What brokers say to CONNECT. */
final class ConnectCodes {
    /** MQTT 5.0 §3.2.2.2. */
    static final int UNSUPPORTED_VERSION = 0x84;

    private ConnectCodes() {}

    /** Of MQTT 5.0 §3.2.2.2 and §3.14.2.1. */
    static String modern(int code) {
        return switch (code) {
            case 0x85 -> "the broker does not accept the id as a client id";
            case 0x86 -> "the broker does not accept username and password";
            case 0x87 -> "the broker does not let this gateway in: not authorized";
            case 0x88, 0x89, 0x97 -> "the broker is not available now";
            case 0x8a -> "the broker has banned this gateway";
            case 0x8b -> "the broker is shutting down";
            case 0x8d -> "the broker has heard nothing for too long";
            case 0x8e -> "somebody else has connected with the same id";
            case 0x95 -> "the broker finds a message too large";
            case 0x9a -> "the broker keeps no retained messages, which the state needs";
            case 0x9c, 0x9d -> "the broker wants this gateway to use another one";
            default -> "the broker refuses with reason code 0x" + Integer.toHexString(code);
        };
    }

    /** Of MQTT 3.1.1 §3.2.2.3. */
    static String old(int code) {
        return switch (code) {
            case 1 -> "the broker knows neither MQTT 5 nor 3.1.1";
            case 2 -> "the broker does not accept the id as a client id";
            case 3 -> "the broker is not available now";
            case 4 -> "the broker does not accept username and password";
            case 5 -> "the broker does not let this gateway in: not authorized";
            default -> "the broker refuses with return code " + code;
        };
    }
}
