package net.hybridgateway.lab.guest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.hybridgateway.lab.measure.BenchOptions;
import net.hybridgateway.lab.measure.Figure;
import net.hybridgateway.lab.net.Command;
import net.hybridgateway.lab.net.LabException;
import net.hybridgateway.lab.pack.Pack;
import net.hybridgateway.lab.pack.Steps;
import net.hybridgateway.lab.traffic.KnownBytes;

/** {@code ./dev package --verify}: makes the packages and takes them through their life on a machine. */
public final class Verify {
    /** What can be gone through by itself. */
    enum Course {
        LARGE,
        SMALL,
        DEATHS,
        CUTS
    }

    private static final String USAGE = """
            usage: sudo ./dev package --verify [OPTION…]
              --seed N        draws the same moments again
              --course LIST   of large, small (lives with 256 and 128 MB), deaths, cuts (default all)
            """;
    private static final int KILLS = 25;
    private static final int OOM_KILLS = 10;
    private static final int CUTS = 15;
    private static final int LONGEST_PAUSE_MILLIS = 3000;

    /** Each life is cut at a moment of so many milliseconds after its start was done; then comes a clean stop. */
    private static final int LONGEST_LIFE_MILLIS = 6000;

    private static final int CHANGING_SECONDS = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration PATIENCE_OF_DEATHS = Duration.ofMinutes(25);
    private static final Duration PATIENCE_OF_A_LIFE = Duration.ofMinutes(5);

    private final Path folder;
    private final GuestImage image;
    private final Random random;
    private final Steps steps = new Steps(System.out);
    private boolean good = true;

    private Verify(Path folder, GuestImage image, long seed) {
        this.folder = folder;
        this.image = image;
        this.random = new Random(seed);
    }

    /**
     * Exits with 1 if something is wrong, 2 for a wrong command line.
     *
     * @param arguments {@code --seed N}, {@code --course LIST}
     */
    public static void main(String[] arguments) {
        int seed;
        List<Course> courses;
        try {
            BenchOptions options = BenchOptions.parse(List.of(arguments), Set.of("--seed", "--course"), Set.of());
            seed = options.count("--seed", 1 + (int) (System.nanoTime() & 0xffff));
            courses = options.several("--course", Course.values());
        } catch (IllegalArgumentException e) {
            System.err.print(e.getMessage() + "\n" + USAGE);
            System.exit(2);
            return;
        }
        verify(seed, courses);
    }

    private static void verify(long seed, List<Course> courses) {
        try {
            Path folder =
                    Files.createDirectories(Path.of("target/packaging/guest").toAbsolutePath());
            Optional<GuestImage> image = GuestImage.build(Pack.make(), folder, new Steps(System.out));
            if (image.isEmpty()) {
                throw new LabException("the mirror has no kernel for the machine: nothing was verified");
            }
            Verify verify = new Verify(folder, image.get(), seed);
            System.out.printf("kernel %s, seed %d%n", image.get().release(), seed);
            verify.run(courses);
            if (!verify.good) {
                System.err.println("some figures miss their bounds; the machine's consoles are in " + folder);
                System.exit(1);
            }
        } catch (LabException | IOException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private void run(List<Course> courses) {
        String known = KnownBytes.sha256(GuestRoot.KNOWN_BYTES);
        String rounds = IntStream.range(0, KILLS + OOM_KILLS)
                .mapToObj(i -> (i % 7 < 5 ? "kill:" : "oom:") + random.nextInt(LONGEST_PAUSE_MILLIS))
                .collect(Collectors.joining(","));
        List<Integer> moments =
                random.ints(CUTS + 1, 0, LONGEST_LIFE_MILLIS).boxed().toList();
        if (courses.contains(Course.LARGE)) {
            attempt(() -> relay(256, known));
        }
        if (courses.contains(Course.SMALL)) {
            attempt(() -> relay(128, known));
        }
        // Both wait for one core most of the time, and no figure of theirs has a bound in seconds.
        CompletableFuture<List<Figure>> deaths =
                CompletableFuture.supplyAsync(() -> courses.contains(Course.DEATHS) ? deaths(rounds) : List.of());
        CompletableFuture<List<Figure>> cuts =
                CompletableFuture.supplyAsync(() -> courses.contains(Course.CUTS) ? cuts(moments) : List.of());
        attempt(() -> show(deaths.join()));
        attempt(() -> show(cuts.join()));
    }

    /** What goes wrong in one course says nothing about the others. */
    private void attempt(Runnable course) {
        try {
            course.run();
        } catch (LabException e) {
            good = false;
            System.out.println("    FAILED: " + e.getMessage());
        } catch (CompletionException e) {
            good = false;
            System.out.println("    FAILED: " + e.getCause().getMessage());
        }
    }

    /** A small router has to do the same; how much memory it takes for that is told, but the bounds are for the usual one. */
    private void relay(int megabytes, String known) {
        String name = "a life with " + megabytes + " MB";
        Map<String, String> settings = Map.of("course", "relay", "crowd", String.valueOf(RelayJudge.CROWD));
        Machine.Plan plan = new Machine.Plan(megabytes, settings, Optional.empty());
        GuestReport report = timed(name, () -> wholeLife(plan, name, PATIENCE));
        show(RelayJudge.judge(report, known, megabytes >= 256));
        report.all("left").forEach(line -> System.out.println("    left behind: " + line));
        report.all("kernel").forEach(line -> System.out.println("    the kernel counted: " + line));
    }

    private List<Figure> deaths(String rounds) {
        Machine.Plan plan = new Machine.Plan(256, Map.of("course", "crash", "rounds", rounds), Optional.empty());
        GuestReport report = timed(
                KILLS + " kills and " + OOM_KILLS + " OOM kills", () -> wholeLife(plan, "deaths", PATIENCE_OF_DEATHS));
        return CrashJudge.judgeDeaths(report, KILLS, OOM_KILLS);
    }

    private List<Figure> cuts(List<Integer> moments) {
        return timed(CUTS + " power cuts", () -> {
            Path disk = folder.resolve("overlay.ext4");
            Files.deleteIfExists(disk);
            Command.run(List.of("mkfs.ext4", "-q", "-F", disk.toString(), "32m"), "", Duration.ofMinutes(1));
            List<CrashJudge.Life> lives = new ArrayList<>();
            long saved = 0;
            for (int i = 0; i < moments.size(); i++) {
                GuestReport report = life(disk, i, moments.get(i));
                lives.add(CrashJudge.Life.of(report));
                saved = i == 0 ? report.number("saved") : saved;
            }
            return CrashJudge.judgeCuts(lives, saved, CUTS);
        });
    }

    private GuestReport wholeLife(Machine.Plan plan, String name, Duration patience) {
        try (Machine machine = Machine.boot(image, plan, log(name), patience)) {
            return machine.awaitEnd();
        }
    }

    private <T> T timed(String name, Steps.Getting<T> work) {
        try {
            return steps.get(name, work);
        } catch (IOException e) {
            throw new LabException(name + ": " + e.getMessage(), e);
        }
    }

    private GuestReport life(Path disk, int index, int millis) {
        Map<String, String> settings =
                Map.of("course", "cut", "first", index == 0 ? "1" : "0", "seconds", String.valueOf(CHANGING_SECONDS));
        try (Machine machine = Machine.boot(
                image, new Machine.Plan(256, settings, Optional.of(disk)), log("cut " + index), PATIENCE_OF_A_LIFE)) {
            machine.awaitWord("found");
            Thread.sleep(millis);
            machine.cutPower();
            return machine.report();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted", e);
        }
    }

    private Path log(String name) {
        return folder.resolve(name.replace(' ', '-') + ".log");
    }

    private void show(List<Figure> figures) {
        for (Figure figure : figures) {
            System.out.println(figure.toRow());
            good &= figure.isGood();
        }
    }
}
