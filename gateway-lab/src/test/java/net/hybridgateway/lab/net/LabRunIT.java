package net.hybridgateway.lab.net;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Nothing is left of a run: after its end, after its crash, after a failed start. */
class LabRunIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final HousePlan SHAPED = HousePlan.shaped(LineShape.of(40, 20), LineShape.of(20, 50));

    @BeforeAll
    static void needsRoot() {
        assumeTrue(
                Requirements.missing(true).isEmpty(), Requirements.missing(true).orElse(""));
    }

    @Test
    void leavesNoNamespaceProcessOrFolder() {
        House house = House.build(SHAPED);
        LabProcess stubborn = house.gateway().start("stubborn", "sh", "-c", "trap '' TERM; sleep 1000 & sleep 1000");
        List<ProcessHandle> wires = processesOf(house.run().id());
        assertFalse(wires.isEmpty());
        house.close();
        assertTrue(Pause.until(SOON, () -> !stubborn.isAlive()));
        assertNoProcessOf(house.run().id());
        assertFalse(Command.run("ip", "netns", "list").contains(house.run().id()));
        assertFalse(Files.exists(house.run().folder()));
    }

    @Test
    void theNextRunRemovesWhatACrashedOneLeft() throws IOException {
        try (House crashed = House.build(SHAPED)) {
            String id = crashed.run().id();
            long deadPid = endedProcess();
            new OwnerMark(deadPid, "1").write(crashed.run().folder().resolve(LabRun.OWNER));
            try (House next = House.build(HousePlan.plain())) {
                assertFalse(next.run().id().equals(id));
                assertFalse(Command.run("ip", "netns", "list").contains(id));
                assertNoProcessOf(id);
            }
        }
    }

    @Test
    void aReusedProcessIdIsNoOwner() throws IOException {
        OwnerMark own = OwnerMark.ofThisProcess();
        assertTrue(own.isAlive());
        assertFalse(new OwnerMark(own.pid(), own.startTicks() + "0").isAlive());
    }

    @Test
    void runsSideBySideDoNotMeet() {
        try (House one = House.build(HousePlan.plain());
                House other = House.build(HousePlan.plain())) {
            assertFalse(one.run().id().equals(other.run().id()));
            assertTrue(one.gateway().hasCarrier("wan0"));
        }
    }

    @Test
    void closingTheProcessEndsItsChildren() {
        try (House house = House.build(HousePlan.plain())) {
            LabProcess parent = house.gateway().start("parent", "sh", "-c", "sleep 4321 & echo ready; wait");
            parent.awaitOutput("ready", SOON);
            parent.close();
            assertTrue(Pause.until(SOON, () -> ProcessHandle.allProcesses()
                    .noneMatch(process -> commandLine(process).equals("sleep\0004321\000"))));
        }
    }

    @Test
    void aProgramThatEndsInsteadOfStartingIsReportedWithItsOutput() {
        try (House house = House.build(HousePlan.plain())) {
            LabProcess failing = house.gateway().start("failing", "sh", "-c", "echo no configuration; exit 3");
            LabException failure = assertThrows(LabException.class, () -> failing.awaitOutput("listening", SOON));
            assertTrue(failure.getMessage().contains("exit 3"), failure.getMessage());
            assertTrue(failure.getMessage().contains("no configuration"), failure.getMessage());
        }
    }

    private static long endedProcess() throws IOException {
        Process process = new ProcessBuilder("true").start();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        return process.pid();
    }

    /** Who was killed is seen until it gets a processor to die on. */
    private static void assertNoProcessOf(String id) {
        assertTrue(Pause.until(SOON, () -> processesOf(id).isEmpty()), () -> processesOf(id)
                .toString());
    }

    /** Those that name the run's folder or one of its namespaces. */
    private static List<ProcessHandle> processesOf(String id) {
        return ProcessHandle.allProcesses()
                .filter(process -> commandLine(process).contains("/" + id + "/")
                        || commandLine(process).contains(LabRun.PREFIX + id + "-"))
                .toList();
    }

    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"));
        } catch (IOException e) {
            return "";
        }
    }
}
