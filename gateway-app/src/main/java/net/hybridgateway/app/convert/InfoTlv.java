package net.hybridgateway.app.convert;

/** Asks a converter for its {@link SupportedTcpExtensionsTlv} (RFC 8803 §6.2.3). */
public record InfoTlv() implements ConvertTlv {
    @Override
    public int typeNumber() {
        return ConvertTlvType.INFO.number();
    }

    @Override
    public ByteString body() {
        return ByteString.EMPTY;
    }

    static InfoTlv decode(TlvFrame frame) {
        frame.requireWords(1, 1);
        return new InfoTlv();
    }
}
