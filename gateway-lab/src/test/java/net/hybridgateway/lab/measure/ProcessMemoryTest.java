package net.hybridgateway.lab.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.hybridgateway.lab.net.LabException;
import org.junit.jupiter.api.Test;

class ProcessMemoryTest {
    @Test
    void readsWhatTheKernelTells() {
        assertEquals(
                new ProcessMemory(45_678, 23_456),
                ProcessMemory.parse(List.of(
                        "Name:\tjava", "VmRSS:\t   45678 kB", "RssAnon:\t   23456 kB", "RssFile:\t   22222 kB")));
        assertThrows(LabException.class, () -> ProcessMemory.parse(List.of("Name:\tkthreadd")));
    }

    @Test
    void thisProcessHoldsMoreThanItsAnonymousPages() {
        ProcessMemory memory = ProcessMemory.of(ProcessHandle.current().pid());

        assertTrue(memory.anonymousKib() > 1000, memory::toString);
        assertTrue(memory.residentKib() > memory.anonymousKib(), memory::toString);
    }
}
