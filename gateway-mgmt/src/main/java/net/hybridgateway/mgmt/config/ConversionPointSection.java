package net.hybridgateway.mgmt.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A section {@code conversion_point}. */
final class ConversionPointSection {
    static final ConfigOption<String> ADDRESS = ConfigOption.requiredList("address", ValueTypes.HOST);

    /** RFC 8803 has no assigned port. */
    static final ConfigOption<Integer> PORT = ConfigOption.defaulted("port", ValueTypes.PORT, "7000");

    static final ConfigOption<Path> COOKIE_FILE = ConfigOption.optional("cookie_file", ValueTypes.ABSOLUTE_PATH);

    static final ConfigOption<Handshake> HANDSHAKE =
            ConfigOption.defaulted("handshake", ValueTypes.oneOf(List.of(Handshake.values()), Handshake::word), "auto");

    static final ConfigOption<Integer> PREFERENCE = ConfigOption.optional("preference", ValueTypes.number(0, 1000));

    static final SectionType TYPE =
            new SectionType("conversion_point", List.of(ADDRESS, PORT, COOKIE_FILE, HANDSHAKE, PREFERENCE), Map.of());

    private ConversionPointSection() {}

    static Optional<ConversionPointConfig> read(SectionReader in, UniqueTexts names) {
        UciSection section = in.section();
        List<String> addresses = in.values(ADDRESS);
        Optional<String> address = addresses.stream().findFirst();
        Optional<Integer> port = in.value(PORT);
        Optional<Path> cookieFile = in.value(COOKIE_FILE);
        Optional<Handshake> handshake = in.value(HANDSHAKE);
        Optional<Integer> preference = in.value(PREFERENCE);
        section.name().or(() -> address).ifPresent(name -> names.claim(name, "name", section.title(), section.line()));
        if (!in.good()) {
            return Optional.empty();
        }
        return Optional.of(new ConversionPointConfig(
                section.name().or(() -> address).orElseThrow(),
                addresses,
                port.orElseThrow(),
                cookieFile,
                handshake.orElseThrow(),
                preference.map(OptionalInt::of).orElse(OptionalInt.empty())));
    }
}
