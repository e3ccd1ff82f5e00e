package net.hybridgateway.mgmt.config;

/** Which version of MQTT is spoken. */
public enum MqttVersion {
    /** 5, and 3.1.1 with a broker that refuses it. */
    AUTO("auto"),
    /** MQTT 5.0. */
    V5("5"),
    /** MQTT 3.1.1. */
    V3("3.1.1");

    private final String word;

    MqttVersion(String word) {
        this.word = word;
    }

    /** As it is written in the configuration. */
    public String word() {
        return word;
    }
}
