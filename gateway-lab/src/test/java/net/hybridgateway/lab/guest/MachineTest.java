package net.hybridgateway.lab.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MachineTest {
    private static final GuestImage IMAGE =
            new GuestImage("6.12", Path.of("/vmlinuz"), Path.of("/initramfs"), Path.of("/flash"));

    @Test
    void tellsTheGuestItsSettingsInOneOrder() {
        List<String> command = new Machine.Plan(
                        128, Map.of("rounds", "kill:1,oom:2", "course", "crash"), Optional.empty())
                .command(IMAGE);

        String append = command.get(command.indexOf("-append") + 1);
        assertTrue(append.endsWith(" hg.course=crash hg.rounds=kill:1,oom:2"), append);
        assertEquals("128", command.get(command.indexOf("-m") + 1));
    }

    @Test
    void protectsTheFlashAndLetsTheOverlayBeWritten() {
        List<String> command = new Machine.Plan(256, Map.of(), Optional.of(Path.of("/disk"))).command(IMAGE);

        assertTrue(command.contains("file=/flash,format=raw,if=none,id=flash,readonly=on"));
        assertTrue(command.contains("file=/disk,format=raw,if=none,id=overlay"));
        assertTrue(command.contains("virtio-blk-device,drive=overlay,serial=overlay"));
    }

    @Test
    void hasNoOverlayUnlessItIsAskedFor() {
        assertFalse(new Machine.Plan(256, Map.of(), Optional.empty())
                .command(IMAGE).stream().anyMatch(word -> word.contains("overlay")));
    }
}
