package net.hybridgateway.lab.guest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import net.hybridgateway.lab.net.LabException;

/**
 * A machine with two processor cores like those of home gateways (Cortex-A53), emulated, from its boot on. What it says on its
 * console goes to a file as well.
 */
final class Machine implements AutoCloseable {
    private final Process process;
    private final Path log;
    private final long deadline;
    private final Thread reader;
    private final List<String> lines = new ArrayList<>();
    private final Thread lastWill = new Thread(this::kill, "last-will");

    private Machine(Process process, Path log, Duration patience) {
        this.process = process;
        this.log = log;
        this.deadline = System.nanoTime() + patience.toNanos();
        this.reader = new Thread(this::read, "console");
    }

    /**
     * What a machine is made of.
     *
     * @param megabytes of memory
     * @param settings what the guest's scripts read from the kernel's command line
     * @param overlay a disk for what changes; without it, that is in memory
     */
    record Plan(int megabytes, Map<String, String> settings, Optional<Path> overlay) {
        Plan {
            settings = Map.copyOf(settings);
        }

        /** The command line of qemu. */
        List<String> command(GuestImage image) {
            StringBuilder append = new StringBuilder("console=ttyAMA0 quiet loglevel=1 panic=-1");
            new TreeMap<>(settings)
                    .forEach((name, value) ->
                            append.append(" hg.").append(name).append('=').append(value));
            List<String> words = new ArrayList<>(List.of("qemu-system-aarch64", "-M", "virt,gic-version=3"));
            words.addAll(List.of("-cpu", "cortex-a53", "-smp", "2", "-m", String.valueOf(megabytes)));
            words.addAll(List.of("-accel", "tcg,thread=multi", "-nographic", "-no-reboot", "-nic", "none"));
            words.addAll(List.of("-kernel", image.kernel().toString()));
            words.addAll(List.of("-initrd", image.initramfs().toString()));
            words.addAll(List.of("-append", append.toString(), "-device", "virtio-rng-device"));
            words.addAll(disk("flash", image.flash(), ",readonly=on"));
            overlay.ifPresent(disk -> words.addAll(disk("overlay", disk, "")));
            return words;
        }

        private static List<String> disk(String name, Path file, String more) {
            return List.of(
                    "-drive",
                    "file=" + file + ",format=raw,if=none,id=" + name + more,
                    "-device",
                    "virtio-blk-device,drive=" + name + ",serial=" + name);
        }
    }

    /**
     * Switches it on.
     *
     * @param log the file for its console
     * @param patience after which it is killed, whatever becomes of this program
     */
    static Machine boot(GuestImage image, Plan plan, Path log, Duration patience) {
        List<String> words =
                new ArrayList<>(List.of("timeout", "--signal=KILL", String.valueOf(patience.toSeconds() + 5)));
        words.addAll(plan.command(image));
        try {
            Process process = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .start();
            Machine machine = new Machine(process, log, patience);
            Runtime.getRuntime().addShutdownHook(machine.lastWill);
            machine.reader.start();
            return machine;
        } catch (IOException e) {
            throw new LabException("cannot start " + words.get(3) + ": " + e.getMessage(), e);
        }
    }

    private void read() {
        try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8);
                Writer copy = Files.newBufferedWriter(log)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                copy.write(line.stripTrailing() + "\n");
                copy.flush();
                synchronized (lines) {
                    lines.add(line);
                    lines.notifyAll();
                }
            }
        } catch (IOException e) {
            // Its end was asked for while it spoke.
            process.destroy();
        }
    }

    /** What it reported so far. */
    GuestReport report() {
        synchronized (lines) {
            return GuestReport.of(lines);
        }
    }

    /**
     * Waits until it has reported a word.
     *
     * @throws LabException if it goes off before, gives up, or takes too long
     */
    void awaitWord(String word) {
        while (!report().has(word)) {
            if (!process.isAlive() && !reader.isAlive()) {
                throw new LabException("the guest went off before it said \"" + word + "\": " + log + reason());
            }
            pause();
        }
    }

    /**
     * Waits until it has done all, and is off.
     *
     * @throws LabException if it gives up, or takes too long
     */
    GuestReport awaitEnd() {
        while (process.isAlive() || reader.isAlive()) {
            pause();
        }
        if (!report().has("done")) {
            throw new LabException("the guest went off before it was done: " + log + reason());
        }
        return report();
    }

    private void pause() {
        if (System.nanoTime() - deadline > 0) {
            throw new LabException("the guest takes too long: " + log + reason());
        }
        try {
            synchronized (lines) {
                lines.wait(100);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted while waiting for the guest", e);
        }
    }

    private String reason() {
        GuestReport report = report();
        return Stream.concat(report.all("failed").stream(), report.all("log").stream())
                .map(line -> "\n    " + line)
                .reduce("", String::concat);
    }

    /** The power goes: nothing that it holds in memory is written any more. */
    void cutPower() {
        close();
    }

    @Override
    public void close() {
        kill();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
            reader.join(10_000);
            Runtime.getRuntime().removeShutdownHook(lastWill);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException e) {
            // This program ends already, and the hook with it.
            return;
        }
    }

    private void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
