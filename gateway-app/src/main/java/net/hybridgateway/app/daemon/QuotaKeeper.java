package net.hybridgateway.app.daemon;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import net.hybridgateway.mgmt.config.UplinkConfig;
import net.hybridgateway.mgmt.status.HealthCode;
import net.hybridgateway.mgmt.status.HealthProblem;
import net.hybridgateway.netlink.route.Link;
import net.hybridgateway.netlink.route.LinkCounters;
import net.hybridgateway.scheduler.Allowance;
import net.hybridgateway.scheduler.EngineEvent;
import net.hybridgateway.scheduler.quota.ClockReading;
import net.hybridgateway.scheduler.quota.ClockWatch;
import net.hybridgateway.scheduler.quota.CounterReading;
import net.hybridgateway.scheduler.quota.LedgerState;
import net.hybridgateway.scheduler.quota.LedgerState.Dated;
import net.hybridgateway.scheduler.quota.QuotaStanding;
import net.hybridgateway.scheduler.quota.UplinkAccount;
import org.tinylog.Logger;

/**
 * Reads the devices' counters now and then, keeps the accounts of the uplinks that have a quota or a schedule, and tells
 * the engine when what they allow changes.
 *
 * <p>The accounts are saved every {@link #SAVE_EVERY} if something was carried, at the stop, and with the first look at an
 * uplink whose quota is new: from then on, there is a count of the device to go on from. What happens to bytes that were not
 * saved: nothing if this program was restarted or crashed, for the devices have counted on; if the machine went
 * down, they are lost, as is what was carried after the last save.
 *
 * <p>Owned by the control thread.
 */
final class QuotaKeeper implements ControlLoop.Clockwork {
    static final Duration SAVE_EVERY = Duration.ofMinutes(15);

    private static final long RETRY_NANOS = 1_000_000_000L;

    /** Where the facts come from. */
    interface Sources {
        Instant wall();

        long nanos();

        List<Link> links();

        /** Another after each reboot of the machine. */
        String boot();
    }

    /**
     * What there is to show.
     *
     * @param standings of the uplinks with a quota or a schedule, by name
     * @param problems what is wrong with the counts
     */
    record View(Map<String, QuotaStanding> standings, List<HealthProblem> problems) {
        /** No uplink is limited. */
        static final View NONE = new View(Map.of(), List.of());

        View {
            standings = Map.copyOf(standings);
            problems = List.copyOf(problems);
        }
    }

    /** An uplink under account. */
    private static final class Entry {
        private final UplinkConfig uplink;
        private final UplinkAccount account;
        private Optional<CounterReading> counters;
        private Allowance announced = Allowance.FREE;

        Entry(UplinkConfig uplink, ZoneId zone, Optional<QuotaRecord> record) {
            this.uplink = uplink;
            this.account = new UplinkAccount(
                    uplink.limits(),
                    uplink.rate(),
                    zone,
                    record.map(QuotaRecord::ledger).orElse(LedgerState.EMPTY));
            this.counters = record.map(QuotaRecord::counters);
        }
    }

    private List<Entry> entries;
    /** Of uplinks that are not in the configuration now, and may be again. */
    private final Map<String, QuotaRecord> dormant = new HashMap<>();

    private final ZoneId zone;
    private final QuotaFile file;
    private final Executor files;
    private final Sources sources;
    private final Consumer<EngineEvent.UplinkAllowed> engine;
    private final ClockWatch clock;
    private long nextLookNanos;
    private long nextSaveNanos;

    /** Takes over what the file holds; looks for the first time when it is first called. */
    QuotaKeeper(
            List<UplinkConfig> uplinks,
            ZoneId zone,
            QuotaFile file,
            Executor files,
            Sources sources,
            Consumer<EngineEvent.UplinkAllowed> engine) {
        this.zone = zone;
        this.file = file;
        this.files = files;
        this.sources = sources;
        this.engine = engine;
        Map<String, QuotaRecord> records = file.saved();
        this.entries = uplinks.stream()
                .filter(uplink -> uplink.limits().restrict())
                .map(uplink -> new Entry(uplink, zone, Optional.ofNullable(records.get(uplink.name()))))
                .toList();
        this.clock = new ClockWatch(records.values().stream()
                .flatMap(record -> record.ledger().current().stream())
                .map(Dated::lastCounted)
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH));
        this.nextLookNanos = sources.nanos();
        this.nextSaveNanos = nextLookNanos + SAVE_EVERY.toNanos();
        saveSoonIfSomethingIsNew();
        file.lost().ifPresent(text -> Logger.error("{}", text));
    }

    /**
     * Follows another configuration: counts go on, limits hold anew. The engine knows all of these uplinks.
     *
     * @param uplinks those that take part
     */
    void configure(List<UplinkConfig> uplinks) {
        if (!entries.isEmpty()) {
            look(sources.nanos());
        }
        List<Entry> before = entries;
        entries = List.of();
        before.forEach(entry -> entry.counters.ifPresent(
                counters -> dormant.put(entry.uplink.name(), new QuotaRecord(entry.account.state(), counters))));
        entries = uplinks.stream()
                .filter(uplink -> uplink.limits().restrict())
                .map(uplink -> before.stream()
                        .filter(entry -> entry.uplink.equals(uplink))
                        .findFirst()
                        .orElseGet(() -> new Entry(uplink, zone, Optional.ofNullable(dormant.get(uplink.name())))))
                .toList();
        Map<String, Allowance> announced = new HashMap<>();
        before.forEach(entry -> announced.put(entry.uplink.name(), entry.announced));
        for (Entry entry : entries) {
            dormant.remove(entry.uplink.name());
            entry.announced = announced.getOrDefault(entry.uplink.name(), Allowance.FREE);
            announced.remove(entry.uplink.name());
        }
        announced.forEach((name, allowance) -> {
            if (allowance != Allowance.FREE) {
                engine.accept(new EngineEvent.UplinkAllowed(name, Allowance.FREE));
            }
        });
        nextLookNanos = sources.nanos();
        saveSoonIfSomethingIsNew();
    }

    /** Until a count is saved, a crash would lose all of it: whoever starts next would take the device's count as where it began. */
    private void saveSoonIfSomethingIsNew() {
        if (entries.stream().anyMatch(entry -> entry.uplink.limits().quota().isPresent() && entry.counters.isEmpty())) {
            nextSaveNanos = nextLookNanos;
        }
    }

    @Override
    public OptionalLong nextDeadlineNanos() {
        return entries.isEmpty() ? OptionalLong.empty() : OptionalLong.of(nextLookNanos);
    }

    @Override
    public void tick(long nowNanos) {
        if (entries.isEmpty() || nowNanos - nextLookNanos < 0) {
            return;
        }
        // For the case that the kernel gives no answer.
        nextLookNanos = nowNanos + RETRY_NANOS;
        Instant wall = look(nowNanos);
        entries.forEach(entry -> announce(entry, wall));
        if (nowNanos - nextSaveNanos >= 0) {
            nextSaveNanos = nowNanos + SAVE_EVERY.toNanos();
            save();
        }
        long untilLook = entries.stream()
                .mapToLong(entry -> entry.account.nanosToNextLook(wall))
                .min()
                .orElseThrow();
        nextLookNanos = nowNanos + Math.min(untilLook, nextSaveNanos - nowNanos);
    }

    private Instant look(long nowNanos) {
        ClockReading now = clock.look(sources.wall(), nowNanos);
        List<Link> links = sources.links();
        for (Entry entry : entries) {
            Optional<CounterReading> seen = links.stream()
                    .filter(link -> link.name().equals(entry.uplink.device()))
                    .findFirst()
                    .flatMap(this::counters);
            CounterReading before = entry.counters.orElseGet(() -> seen.orElse(CounterReading.absent(sources.boot())));
            CounterReading after = seen.orElse(before);
            entry.account.count(after.bytesSince(before), now);
            entry.counters = Optional.of(after);
        }
        return now.wall();
    }

    private Optional<CounterReading> counters(Link link) {
        return link.counters().map(counters -> reading(link.index(), counters));
    }

    private CounterReading reading(int deviceIndex, LinkCounters counters) {
        return new CounterReading(sources.boot(), deviceIndex, counters.receivedBytes(), counters.sentBytes());
    }

    private void announce(Entry entry, Instant wall) {
        QuotaStanding standing = entry.account.standing(wall);
        if (standing.allowance() != entry.announced) {
            entry.announced = standing.allowance();
            Logger.info("uplink {}: {}", entry.uplink.name(), standing.reason().sentence());
            engine.accept(new EngineEvent.UplinkAllowed(entry.uplink.name(), standing.allowance()));
        }
    }

    private void save() {
        Map<String, QuotaRecord> records = new LinkedHashMap<>(dormant);
        for (Entry entry : entries) {
            if (entry.uplink.limits().quota().isPresent()) {
                entry.counters.ifPresent(
                        counters -> records.put(entry.uplink.name(), new QuotaRecord(entry.account.state(), counters)));
            }
        }
        files.execute(() -> file.save(records));
    }

    /** For the status. */
    View view() {
        Instant wall = sources.wall();
        Map<String, QuotaStanding> standings = new LinkedHashMap<>();
        entries.forEach(entry -> standings.put(entry.uplink.name(), entry.account.standing(wall)));
        List<HealthProblem> problems = new ArrayList<>();
        file.lost().ifPresent(text -> problems.add(new HealthProblem(HealthCode.QUOTA_LOST, "", sentence(text))));
        file.failure()
                .ifPresent(text -> problems.add(new HealthProblem(HealthCode.QUOTA_NOT_SAVED, "", sentence(text))));
        return new View(standings, problems);
    }

    /** The uplinks that only emergencies may use now. */
    Set<String> forbidden() {
        Instant wall = sources.wall();
        return entries.stream()
                .filter(entry -> entry.account.standing(wall).allowance() == Allowance.EMERGENCY_ONLY)
                .map(entry -> entry.uplink.name())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String sentence(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
    }

    /** Counts for the last time and saves. To be called when the control thread has ended. */
    void stop() {
        if (!entries.isEmpty()) {
            look(sources.nanos());
            save();
        }
    }
}
