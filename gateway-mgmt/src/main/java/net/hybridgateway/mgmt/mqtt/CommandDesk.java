package net.hybridgateway.mgmt.mqtt;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Which commands from afar are carried out: never one that the broker had kept, that is too long, too old or known already, or
 * that the household does not allow.
 */
final class CommandDesk {
    static final int MOST_BYTES = 8 * 1024;

    /** An answer that is longer is not sent. */
    static final int MOST_ANSWER_BYTES = 48 * 1024;

    /** A command is valid for so long at most: its id has to be remembered. */
    static final Duration LONGEST_VALIDITY = Duration.ofHours(1);

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:-]{1,64}");
    private static final Set<String> MEMBERS = Set.of("id", "command", "arguments", "expires");

    /** Whom an answer is for. */
    record Ticket(Optional<String> id, String command, String topic, Optional<Octets> correlation) {}

    /**
     * What to do with a message.
     *
     * @param request for the table of commands; empty if there is just the answer
     * @param answer that it is refused; empty if there is a request, and for what the broker sent twice
     */
    record Verdict(Ticket ticket, Optional<String> request, Optional<String> answer) {}

    private final Topics topics;
    private final Set<String> allowed;
    private final ReplayGuard replays = new ReplayGuard();

    /**
     * Opens.
     *
     * @param allowed the names of commands
     */
    CommandDesk(Topics topics, Set<String> allowed) {
        this.topics = topics;
        this.allowed = new TreeSet<>(allowed);
        if (allowed.contains("probe")) {
            // It tells what the other has found.
            this.allowed.add("probe-report");
        }
    }

    /** The names of commands that are carried out. */
    Set<String> allowed() {
        return allowed;
    }

    Verdict receive(Arrival message, Moment now) {
        String topic = message.responseTopic().filter(topics::takesAnswers).orElse(topics.result());
        Ticket ticket = new Ticket(Optional.empty(), "", topic, message.correlation());
        try {
            if (message.retained()) {
                throw new JsonText.Refusal("it is retained: a command is for now, so send it without the retain flag");
            }
            JsonObject json = JsonText.object(message.payload(), MOST_BYTES);
            ticket = new Ticket(
                    id(json),
                    json.get("command") instanceof String name ? clip(name) : "",
                    topic,
                    message.correlation());
            String request = request(json, ticket);
            long validNanos = validNanos(json, message, now);
            if (validNanos <= 0) {
                return answer(ticket, "expired", "it came after it had expired", now);
            }
            switch (replays.admit(ticket.id().orElseThrow(), now.nanos() + validNanos, now.nanos())) {
                case SEEN -> {
                    return message.duplicate()
                            ? new Verdict(ticket, Optional.empty(), Optional.empty())
                            : refused(ticket, "a command with this id was seen before", now);
                }
                case FULL -> throw new JsonText.Refusal("too many commands at a time, at most " + ReplayGuard.MOST);
                case NEW -> {}
            }
            return new Verdict(ticket, Optional.of(request), Optional.empty());
        } catch (JsonText.Refusal e) {
            return refused(ticket, e.getMessage(), now);
        }
    }

    private static Optional<String> id(JsonObject json) throws JsonText.Refusal {
        if (json.get("id") instanceof String id && ID.matcher(id).matches()) {
            return Optional.of(id);
        }
        throw new JsonText.Refusal("it needs a member \"id\": 1 to 64 letters, digits, or . _ : -");
    }

    private static String clip(String name) {
        return name.length() <= 40 ? name : name.substring(0, 40);
    }

    private String request(JsonObject json, Ticket ticket) throws JsonText.Refusal {
        for (String member : json.keySet()) {
            if (!MEMBERS.contains(member)) {
                throw new JsonText.Refusal(
                        "unknown member \"" + clip(member) + "\": known are " + new TreeSet<>(MEMBERS));
            }
        }
        if (!(json.get("command") instanceof String command)) {
            throw new JsonText.Refusal("it needs a member \"command\" with a string");
        }
        if (!allowed.contains(command)) {
            throw new JsonText.Refusal("command '" + ticket.command() + "' is not allowed from afar; allowed are "
                    + (allowed.isEmpty() ? "none" : String.join(", ", allowed)));
        }
        JsonObject request = new JsonObject();
        request.put("command", command);
        Object arguments = json.get("arguments");
        if (arguments instanceof JsonObject members) {
            if (members.containsKey("command")) {
                throw new JsonText.Refusal("\"command\" does not belong into \"arguments\"");
            }
            request.putAll(members);
        } else if (arguments != null) {
            throw new JsonText.Refusal("\"arguments\" is an object");
        }
        return JsonWriter.string(request);
    }

    /** How long it is still valid; the shorter of the two if it says so twice. */
    private static long validNanos(JsonObject json, Arrival message, Moment now) throws JsonText.Refusal {
        Optional<Duration> byMessage = message.expirySeconds().isPresent()
                ? Optional.of(Duration.ofSeconds(message.expirySeconds().getAsLong()))
                : Optional.empty();
        Optional<Duration> byJson = Optional.empty();
        if (json.has("expires")) {
            byJson = Optional.of(untilExpires(json.get("expires"), now));
        }
        if (byMessage.isEmpty() && byJson.isEmpty()) {
            throw new JsonText.Refusal(
                    "it needs an end: \"expires\", like 2026-11-29T12:00:00Z, or the message expiry interval of MQTT 5");
        }
        Duration valid = byMessage.orElse(LONGEST_VALIDITY);
        if (byJson.isPresent() && byJson.get().compareTo(valid) < 0) {
            valid = byJson.get();
        }
        Duration said = byMessage.isPresent() ? byMessage.get() : byJson.orElse(Duration.ZERO);
        if (said.compareTo(LONGEST_VALIDITY) > 0) {
            throw new JsonText.Refusal(
                    "it is valid for too long, at most " + LONGEST_VALIDITY.toMinutes() + " minutes");
        }
        return valid.toNanos();
    }

    private static Duration untilExpires(Object expires, Moment now) throws JsonText.Refusal {
        if (!now.wallIsBelievable()) {
            throw new JsonText.Refusal("the gateway's clock is not set, it says " + Messages.text(now.wall())
                    + ": use the message expiry interval of MQTT 5");
        }
        try {
            if (expires instanceof String text && text.length() <= 40) {
                Instant end = Instant.parse(text);
                Duration left = Duration.between(now.wall(), end);
                return left.compareTo(Duration.ofDays(1)) > 0 ? Duration.ofDays(1) : left;
            }
        } catch (DateTimeException e) {
            // Said below.
        }
        throw new JsonText.Refusal("\"expires\" is a moment like 2026-11-29T12:00:00Z");
    }

    /** The message with the answer of the table of commands. */
    String answered(Ticket ticket, String answer, boolean ok, Moment now) {
        int bytes = answer.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MOST_ANSWER_BYTES) {
            return refusal(
                    ticket,
                    "failed",
                    "the answer has " + bytes + " bytes, at most " + MOST_ANSWER_BYTES + " are sent: ask for less",
                    now);
        }
        return Messages.result(ticket.id(), ticket.command(), ok ? "done" : "failed", "answer", answer, now);
    }

    private static Verdict refused(Ticket ticket, String error, Moment now) {
        return answer(ticket, "refused", error, now);
    }

    private static Verdict answer(Ticket ticket, String state, String error, Moment now) {
        return new Verdict(ticket, Optional.empty(), Optional.of(refusal(ticket, state, error, now)));
    }

    private static String refusal(Ticket ticket, String state, String error, Moment now) {
        return Messages.result(ticket.id(), ticket.command(), state, "error", JsonWriter.string(error), now);
    }
}
