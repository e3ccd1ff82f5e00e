package net.hybridgateway.mgmt.mqtt;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;

/** What the session wants done, and what it has not heard of since: acknowledgments, and answers of the table of commands. */
final class Outbox {
    private final List<SessionAction> actions = new ArrayList<>();
    private final Map<Long, Long> unacknowledged = new LinkedHashMap<>();
    private final Map<Long, BiConsumer<String, Moment>> questions = new HashMap<>();
    private final DataBudget budget;
    private long numbers;
    private boolean cellular;

    Outbox(DataBudget budget) {
        this.budget = budget;
    }

    /** Whether each byte may cost money from now on. */
    void cellular(boolean now) {
        cellular = now;
    }

    boolean cellular() {
        return cellular;
    }

    void add(SessionAction action) {
        actions.add(action);
    }

    /** A line for the log. */
    void say(String line) {
        actions.add(new SessionAction.Say(line));
    }

    /** Sends a message with quality 1; gives its number. */
    long publish(String topic, String payload, boolean retained, Moment now) {
        return publish(topic, payload, retained, Optional.empty(), now);
    }

    long publish(String topic, String payload, boolean retained, Optional<Octets> correlation, Moment now) {
        long number = ++numbers;
        actions.add(new SessionAction.Publish(new Publication(number, topic, payload, 1, retained, correlation)));
        spend(DataBudget.message(topic, Octets.utf8(payload).size(), 1), now);
        unacknowledged.put(number, now.nanos());
        return number;
    }

    /** Counts what goes over the line, in either direction. */
    void spend(long bytes, Moment now) {
        if (cellular) {
            budget.spend(bytes, now.nanos());
        }
    }

    void acknowledged(long number) {
        unacknowledged.remove(number);
    }

    /** The connection is gone: nothing will be acknowledged any more. */
    void forget() {
        unacknowledged.clear();
    }

    /** Since when the broker owes an acknowledgment; empty if it does not. */
    OptionalLong waitingSinceNanos() {
        return unacknowledged.values().stream().mapToLong(Long::longValue).findFirst();
    }

    /** Asks the table of commands. */
    void ask(String request, BiConsumer<String, Moment> answer) {
        long ticket = ++numbers;
        questions.put(ticket, answer);
        actions.add(new SessionAction.Ask(ticket, request));
    }

    void answered(long ticket, String answer, Moment now) {
        Optional.ofNullable(questions.remove(ticket)).ifPresent(question -> question.accept(answer, now));
    }

    /** What the table of commands has said. */
    static JsonObject parsed(String answer) {
        try {
            return JsonParser.object().from(answer);
        } catch (JsonParserException e) {
            throw new IllegalArgumentException("the table of commands answers with JSON", e);
        }
    }

    /** What is to be done, in order; each is given once. */
    List<SessionAction> take() {
        List<SessionAction> taken = List.copyOf(actions);
        actions.clear();
        return taken;
    }
}
