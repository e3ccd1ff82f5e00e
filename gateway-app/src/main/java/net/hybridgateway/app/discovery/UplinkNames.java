package net.hybridgateway.app.discovery;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Asks the name servers that the uplinks' leases tell, each over its uplink: those of one network may know what those of
 * another don't. What is configured, the machine's own resolver may answer, too.
 */
public final class UplinkNames implements NameService {
    private static final String SERVICE = "_convert._tcp.";
    private static final int MOST_TARGETS = 8;

    private final Supplier<PointList> list;
    private final BiFunction<String, InetAddress, Optional<InetAddress>> sources;
    private final DnsClient client;

    /**
     * @param list knows the uplinks; asked for each time, for it changes with the configuration
     * @param sources the address from which an uplink reaches a destination now; empty if nothing is to be asked over it
     */
    public UplinkNames(
            Supplier<PointList> list,
            BiFunction<String, InetAddress, Optional<InetAddress>> sources,
            LongSupplier nanoTime) {
        this(list, sources, new DnsClient(DnsClient.PORT, nanoTime));
    }

    UplinkNames(
            Supplier<PointList> list,
            BiFunction<String, InetAddress, Optional<InetAddress>> sources,
            DnsClient client) {
        this.list = list;
        this.sources = sources;
        this.client = client;
    }

    @Override
    public NameAnswer ask(NameQuestion question, List<Lease> leases) {
        boolean configured = question.uplink().isEmpty();
        boolean serversKnown = false;
        PointList now = list.get();
        NameAnswer last = new NameAnswer.Failed("nobody can be asked for " + question.name() + " now");
        for (String uplink : question.uplink().map(List::of).orElseGet(now::uplinks)) {
            for (InetAddress server : now.nameServers(leases, uplink)) {
                serversKnown = true;
                Optional<InetAddress> source = sources.apply(uplink, server);
                if (source.isPresent()) {
                    last = ask(question, server, source.get());
                    if (isFinal(last, configured)) {
                        return last;
                    }
                }
            }
        }
        return configured || !serversKnown ? NameService.ofTheMachine(question) : last;
    }

    /** That there is nothing of a configured name, the next server may know better. */
    private static boolean isFinal(NameAnswer answer, boolean configured) {
        return !(answer instanceof NameAnswer.Failed || (configured && answer instanceof NameAnswer.Nothing));
    }

    private NameAnswer ask(NameQuestion question, InetAddress server, InetAddress source) {
        try {
            return switch (question.kind()) {
                case HOST -> hosts(question.name(), server, source);
                case SERVICE -> services(question.name(), server, source);
            };
        } catch (IOException | DnsFormatException e) {
            return failed(question.name(), server, e.getMessage());
        } catch (IllegalArgumentException e) {
            return new NameAnswer.Failed(question.name() + ": " + e.getMessage());
        }
    }

    private NameAnswer hosts(String name, InetAddress server, InetAddress source)
            throws IOException, DnsFormatException {
        DnsQuestion ipv4 = new DnsQuestion(name, DnsQuestion.Type.A);
        DnsQuestion ipv6 = new DnsQuestion(name, DnsQuestion.Type.AAAA);
        List<DnsRecord> records = new ArrayList<>();
        Optional<NameAnswer> failure = Optional.empty();
        for (DnsQuestion question : List.of(ipv4, ipv6)) {
            DnsReply reply = client.ask(server, source, question);
            if (isUseless(reply)) {
                failure = Optional.of(failed(name, server, trouble(reply)));
            } else {
                records.addAll(reply.addressesOf(question.name()));
            }
        }
        if (records.isEmpty()) {
            return failure.orElseGet(NameAnswer.Nothing::new);
        }
        // Servers that know one family only may refuse the other: half an answer is one.
        return new NameAnswer.Hosts(
                records.stream()
                        .filter(DnsRecord.Address.class::isInstance)
                        .map(record -> ((DnsRecord.Address) record).address())
                        .distinct()
                        .toList(),
                leastSeconds(records));
    }

    private NameAnswer services(String domain, InetAddress server, InetAddress source)
            throws IOException, DnsFormatException {
        DnsQuestion question = new DnsQuestion(SERVICE + domain, DnsQuestion.Type.SRV);
        DnsReply reply = client.ask(server, source, question);
        if (isUseless(reply)) {
            return failed(domain, server, trouble(reply));
        }
        List<DnsRecord> records = reply.answers().stream()
                .filter(record ->
                        record instanceof DnsRecord.Service && record.owner().equals(question.name()))
                .toList();
        return records.isEmpty()
                ? new NameAnswer.Nothing()
                : new NameAnswer.Services(
                        SrvOrder.of(
                                        records.stream()
                                                .map(record -> ((DnsRecord.Service) record).target())
                                                .distinct()
                                                .toList(),
                                        client::below)
                                .stream()
                                .limit(MOST_TARGETS)
                                .toList(),
                        leastSeconds(records));
    }

    private static boolean isUseless(DnsReply reply) {
        return reply.truncated() || (reply.code() != DnsReply.NO_ERROR && reply.code() != DnsReply.NO_SUCH_NAME);
    }

    private static String trouble(DnsReply reply) {
        return reply.truncated() ? "an answer that is too long for a datagram" : "error " + reply.code();
    }

    private static NameAnswer failed(String name, InetAddress server, String reason) {
        return new NameAnswer.Failed(
                "name server " + server.getHostAddress() + " does not tell " + name + ": " + reason);
    }

    private static long leastSeconds(List<DnsRecord> records) {
        return records.stream().mapToLong(DnsRecord::seconds).min().orElse(0);
    }
}
