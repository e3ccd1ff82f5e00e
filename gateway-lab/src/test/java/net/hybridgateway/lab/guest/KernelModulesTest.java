package net.hybridgateway.lab.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import net.hybridgateway.lab.net.LabException;
import org.junit.jupiter.api.Test;

class KernelModulesTest {
    private final KernelModules modules = new KernelModules("""
            kernel/net/nft_fib_inet.ko.xz: kernel/net/nft_fib.ko.xz kernel/net/nf-tables.ko.xz
            kernel/net/nft_fib.ko.xz: kernel/net/nf-tables.ko.xz
            kernel/net/nf-tables.ko.xz:
            kernel/fs/overlay.ko:
            """, "kernel/drivers/tty/serial/amba-pl011.ko\n");

    @Test
    void loadsWhatAModuleNeedsBeforeIt() {
        assertEquals(
                List.of(
                        "kernel/fs/overlay.ko",
                        "kernel/net/nf-tables.ko.xz",
                        "kernel/net/nft_fib.ko.xz",
                        "kernel/net/nft_fib_inet.ko.xz"),
                modules.loadOrder(List.of("overlay", "nft_fib_inet", "nft_fib")));
    }

    @Test
    void loadsNothingForWhatIsBuiltIn() {
        assertEquals(List.of(), modules.loadOrder(List.of("amba_pl011")));
    }

    @Test
    void refusesAModuleThatTheKernelDoesNotHave() {
        assertThrows(LabException.class, () -> modules.loadOrder(List.of("nft_tproxy")));
    }
}
