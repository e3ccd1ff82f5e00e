package net.hybridgateway.lab.mqtt;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import net.hybridgateway.lab.net.LabException;
import net.hybridgateway.lab.net.LabProcess;
import net.hybridgateway.lab.net.Pause;

/** What an operator hears. */
public final class Heard implements AutoCloseable {
    /** Of mosquitto_sub: time of arrival in seconds, retain flag, topic, payload. */
    static final String FORMAT = "%U\t%r\t%t\t%p";

    private final LabProcess listener;

    Heard(LabProcess listener) {
        this.listener = listener;
    }

    /**
     * A message.
     *
     * @param atSeconds when it arrived, by the clock of this machine, since 1970
     */
    public record Message(double atSeconds, boolean retained, String topic, String payload) {}

    /** Everything so far. */
    public List<Message> messages() {
        String output = listener.output();
        // The last line may still be on its way.
        return output.substring(0, output.lastIndexOf('\n') + 1)
                .lines()
                .map(line -> line.split("\t", 4))
                .filter(fields -> fields.length == 4)
                .map(fields -> new Message(Double.parseDouble(fields[0]), fields[1].equals("1"), fields[2], fields[3]))
                .toList();
    }

    /** Waits for a message of this kind, or finds one that came before. */
    public Message await(Duration patience, String topicEnd, Predicate<String> payload) {
        return awaitSince(0, patience, topicEnd, payload);
    }

    /**
     * Waits for a message of this kind that did not come before a moment.
     *
     * @param sinceSeconds as {@link Message#atSeconds()}
     */
    public Message awaitSince(double sinceSeconds, Duration patience, String topicEnd, Predicate<String> payload) {
        Supplier<Optional<Message>> found = () -> messages().stream()
                .filter(message -> message.atSeconds() >= sinceSeconds)
                .filter(message -> message.topic().endsWith(topicEnd) && payload.test(message.payload()))
                .findFirst();
        if (!Pause.until(patience, () -> found.get().isPresent())) {
            throw new LabException("nothing like that arrived at ..." + topicEnd + ": " + messages());
        }
        return found.get().orElseThrow();
    }

    @Override
    public void close() {
        listener.close();
    }
}
