package net.hybridgateway.app.daemon;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import net.hybridgateway.app.discovery.Lease;
import net.hybridgateway.app.discovery.NameAnswer;
import net.hybridgateway.app.discovery.NameCache;
import net.hybridgateway.app.discovery.NameQuestion;
import net.hybridgateway.app.discovery.NameService;
import net.hybridgateway.app.discovery.PointList;
import net.hybridgateway.app.upstream.ConversionPoint;
import net.hybridgateway.mgmt.status.HealthCode;
import net.hybridgateway.mgmt.status.HealthProblem;
import org.tinylog.Logger;

/**
 * Knows the conversion points of all sources, and publishes them whenever they change. Asks the name service now and then, on
 * a thread of its own: a name service that hangs must hold up nothing.
 *
 * <p>Thread-safe: leases come from the thread that watches them, answers from the resolver.
 */
final class ConversionPoints {
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(5);

    private PointList list;
    private final NameService names;
    private final LongSupplier nanoTime;
    private final Consumer<List<ConversionPoint>> publish;
    private final Thread thread = new Thread(this::keepResolving, "resolver");
    private final NameCache answers = new NameCache();
    private final Map<NameQuestion, String> failures = new HashMap<>();
    private List<Lease> leases = List.of();
    private List<ConversionPoint> published = List.of();
    private OptionalLong retryNanos = OptionalLong.empty();
    private boolean stopped;
    private volatile List<String> refused = List.of();

    ConversionPoints(
            PointList list, NameService names, LongSupplier nanoTime, Consumer<List<ConversionPoint>> publish) {
        this.list = list;
        this.names = names;
        this.nanoTime = nanoTime;
        this.publish = publish;
        thread.setDaemon(true);
    }

    /** Publishes what needs no name service, and starts to ask for the rest. */
    void start() {
        synchronized (this) {
            if (!stopped) {
                published = list.points(leases, answers::inUse);
                publish.accept(published);
            }
        }
        startThreadIfNeeded();
    }

    private synchronized void startThreadIfNeeded() {
        if (!list.isConstant() && !stopped && thread.getState() == Thread.State.NEW) {
            thread.start();
        }
    }

    /**
     * The configuration is another one. If it has nothing but names that were never asked for, the points of before serve
     * until they are answered, or the answer is that there are none: connections need not go directly for that moment.
     *
     * @throws RuntimeException if the new points cannot be published; then the old ones stay
     */
    void configure(PointList now) {
        synchronized (this) {
            PointList before = list;
            list = now;
            try {
                List<ConversionPoint> known = list.points(leases, answers::inUse);
                if (!known.isEmpty() || !isAsking()) {
                    publishNow(known);
                }
            } catch (RuntimeException e) {
                list = before;
                throw e;
            }
            notifyAll();
        }
        startThreadIfNeeded();
    }

    private boolean isAsking() {
        long now = nanoTime.getAsLong();
        return list.questions(leases, answers::inUse).stream().anyMatch(question -> answers.isDue(question, now));
    }

    private void publishNow(List<ConversionPoint> now) {
        if (!stopped && !now.equals(published)) {
            publish.accept(now);
            published = now;
            Logger.info("conversion points: {}", now.isEmpty() ? "none" : words(now));
        }
        retryNanos = OptionalLong.empty();
    }

    /** After this nothing is published, even if the name service answers late. */
    void stop() throws InterruptedException {
        synchronized (this) {
            stopped = true;
        }
        thread.interrupt();
        thread.join(1000);
    }

    /**
     * Other leases hold than before.
     *
     * @param nowRefused why others were refused
     */
    synchronized void leasesChanged(List<Lease> now, List<String> nowRefused) {
        leases = List.copyOf(now);
        refused = List.copyOf(nowRefused);
        publishIfNew();
        // There may be somebody new to ask.
        notifyAll();
    }

    /** What is wrong with what was to be learnt. */
    List<HealthProblem> problems() {
        return refused.stream()
                .map(reason -> new HealthProblem(
                        HealthCode.LEASE_REFUSED,
                        reason.substring(0, Math.max(0, reason.indexOf(':'))),
                        "A lease was refused, and what it told is not used: " + reason + "."))
                .toList();
    }

    private synchronized void publishIfNew() {
        List<ConversionPoint> now = list.points(leases, answers::inUse);
        try {
            publishNow(now);
        } catch (RuntimeException e) {
            // The kernel may refuse the new table now, and take it later.
            Logger.error("new addresses of conversion points cannot be used: {}", e.getMessage());
            retryNanos = OptionalLong.of(nanoTime.getAsLong() + RETRY_NANOS);
        }
    }

    private static String words(List<ConversionPoint> points) {
        return String.join(
                ", ",
                points.stream()
                        .map(point -> point.name() + " "
                                + point.address().getAddress().getHostAddress() + " port "
                                + point.address().getPort())
                        .toList());
    }

    private void keepResolving() {
        try {
            while (!isStopped()) {
                for (NameQuestion question : questions()) {
                    ask(question);
                }
                publishIfNew();
                awaitWork();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean isStopped() {
        return stopped;
    }

    /** What is to be asked now. What nobody wants to know any more is forgotten. */
    private synchronized Collection<NameQuestion> questions() {
        Collection<NameQuestion> all = list.questions(leases, answers::inUse);
        answers.keepOnly(all);
        failures.keySet().retainAll(all);
        long now = nanoTime.getAsLong();
        return all.stream().filter(question -> answers.isDue(question, now)).toList();
    }

    private void ask(NameQuestion question) throws InterruptedException {
        List<Lease> known;
        synchronized (this) {
            known = leases;
        }
        NameAnswer answer = names.ask(question, known);
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        synchronized (this) {
            answers.take(question, answer, nanoTime.getAsLong());
            tellFailure(question, answer);
        }
    }

    /** Once, and again when the reason is another one. */
    private void tellFailure(NameQuestion question, NameAnswer answer) {
        if (!(answer instanceof NameAnswer.Failed failed)) {
            failures.remove(question);
        } else if (!failed.reason().equals(failures.put(question, failed.reason()))) {
            Logger.warn("{}", failed.reason());
        }
    }

    private synchronized void awaitWork() throws InterruptedException {
        for (long millis = millisUntilWork(); millis > 0 && !stopped; millis = millisUntilWork()) {
            wait(millis);
        }
    }

    private long millisUntilWork() {
        if (isAsking()) {
            return 0;
        }
        long now = nanoTime.getAsLong();
        long nanos = answers.nanosUntilNext(now).orElse(Long.MAX_VALUE);
        if (retryNanos.isPresent()) {
            nanos = Math.min(nanos, Math.max(0, retryNanos.getAsLong() - now));
        }
        return nanos == 0 ? 0 : TimeUnit.NANOSECONDS.toMillis(nanos) + 1;
    }
}
