package net.hybridgateway.mgmt.settings;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import com.grack.nanojson.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;

/**
 * What outlives a restart besides the configuration itself.
 *
 * @param revision grows with each change of the file, at least 1
 * @param digest of the text that has this revision
 * @param before the text to go back to unless the change is confirmed; empty if none is on trial
 */
record SettingsState(long revision, String digest, Optional<String> before) {
    SettingsState {
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(before, "before");
        if (revision < 1) {
            throw new IllegalArgumentException("revision " + revision);
        }
    }

    static SettingsState first(String text) {
        return new SettingsState(1, digest(text), Optional.empty());
    }

    /** Whether this is about that text. */
    boolean isOf(String text) {
        return digest.equals(digest(text));
    }

    /** Another text took the place of this one, for good. */
    SettingsState next(String text) {
        return new SettingsState(revision + 1, digest(text), Optional.empty());
    }

    /** Another text took the place of this one, on trial. */
    SettingsState onTrial(String text, String insteadOf) {
        return new SettingsState(revision + 1, digest(text), Optional.of(insteadOf));
    }

    SettingsState confirmed() {
        return new SettingsState(revision, digest, Optional.empty());
    }

    private static String digest(String text) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    String format() {
        JsonObject json = new JsonObject();
        json.put("revision", revision);
        json.put("digest", digest);
        before.ifPresent(text -> json.put("before", text));
        return JsonWriter.string(json) + "\n";
    }

    /** Empty if the text is no such state. */
    static Optional<SettingsState> parse(String text) {
        try {
            JsonObject json = JsonParser.object().from(text);
            long revision = json.getLong("revision");
            String digest = json.getString("digest", "");
            return revision < 1 || digest.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new SettingsState(revision, digest, Optional.ofNullable(json.getString("before"))));
        } catch (JsonParserException e) {
            return Optional.empty();
        }
    }

    /** Without the text, which may have secrets. */
    @Override
    public String toString() {
        return "revision " + revision + (before.isPresent() ? " on trial" : "");
    }
}
