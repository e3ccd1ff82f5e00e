package net.hybridgateway.lab.net;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Removes what a run made: its processes, its namespaces, its folder. For its own run, and for runs whose owner died. */
final class Janitor {
    private static final Path NAMESPACES = Path.of("/run/netns");
    private static final Duration DYING = Duration.ofSeconds(30);

    private Janitor() {}

    /** Removes the leftovers of dead runs in {@code runs} and gives their ids. */
    static List<String> sweep(Path runs) {
        try (Stream<Path> folders = Files.list(runs)) {
            List<Path> dead = folders.filter(Janitor::isOrphan).collect(Collectors.toList());
            dead.forEach(Janitor::remove);
            return dead.stream().map(folder -> folder.getFileName().toString()).collect(Collectors.toList());
        } catch (IOException e) {
            throw new LabException("cannot look for dead runs in " + runs, e);
        }
    }

    private static boolean isOrphan(Path folder) {
        try {
            return !OwnerMark.read(folder.resolve(LabRun.OWNER)).isAlive();
        } catch (IOException e) {
            // Being made at this moment, or being removed: not ours to judge.
            return false;
        }
    }

    /** Removes the run of this folder; repeating it is harmless. */
    static void remove(Path folder) {
        List<Path> namespaces = namespacesOf(folder.getFileName().toString());
        Set<String> inodes = new HashSet<>();
        namespaces.forEach(namespace -> inodes.add("net:[" + inode(namespace) + "]"));
        killAllIn(inodes);
        namespaces.forEach(namespace ->
                Command.run("ip", "netns", "delete", namespace.getFileName().toString()));
        deleteTree(folder);
    }

    private static List<Path> namespacesOf(String runId) {
        if (!Files.isDirectory(NAMESPACES)) {
            return List.of();
        }
        String prefix = LabRun.PREFIX + runId + "-";
        try (Stream<Path> found = Files.list(NAMESPACES)) {
            return found.filter(path -> path.getFileName().toString().startsWith(prefix))
                    .collect(Collectors.toList());
        } catch (IOException e) {
            throw new LabException("cannot list " + NAMESPACES, e);
        }
    }

    private static long inode(Path namespace) {
        try {
            return (Long) Files.getAttribute(namespace, "unix:ino");
        } catch (IOException e) {
            return -1;
        }
    }

    private static void killAllIn(Set<String> inodes) {
        List<ProcessHandle> processes = ProcessHandle.allProcesses()
                .filter(process -> isIn(process, inodes))
                .collect(Collectors.toList());
        processes.forEach(ProcessHandle::destroyForcibly);
        Pause.until(DYING, () -> processes.stream().noneMatch(ProcessHandle::isAlive));
    }

    private static boolean isIn(ProcessHandle process, Set<String> inodes) {
        if (process.equals(ProcessHandle.current())) {
            return false;
        }
        try {
            Path link = Path.of("/proc/" + process.pid() + "/ns/net");
            return inodes.contains(Files.readSymbolicLink(link).toString());
        } catch (IOException e) {
            return false;
        }
    }

    private static void deleteTree(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).collect(Collectors.toList())) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new LabException("cannot remove " + folder, e);
        }
    }
}
