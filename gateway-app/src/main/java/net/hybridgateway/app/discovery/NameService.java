package net.hybridgateway.app.discovery;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Answers questions; may take seconds. */
@FunctionalInterface
public interface NameService {
    /**
     * Asks once.
     *
     * @param leases whose name servers may be asked
     */
    NameAnswer ask(NameQuestion question, List<Lease> leases);

    /** The resolver of the machine, which asks whom it likes over whatever uplink the kernel chooses. */
    static NameAnswer ofTheMachine(NameQuestion question) {
        if (question.kind() != NameQuestion.Kind.HOST) {
            return new NameAnswer.Failed("no name server is known for " + question.name());
        }
        try {
            return new NameAnswer.Hosts(List.of(InetAddress.getAllByName(question.name())), NameCache.UNTOLD_SECONDS);
        } catch (UnknownHostException e) {
            return new NameAnswer.Failed("no address for " + question.name());
        }
    }
}
