package net.hybridgateway.lab.pack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import net.hybridgateway.app.kernel.InterceptionTable;
import net.hybridgateway.netlink.nftables.NftChain;
import net.hybridgateway.netlink.nftables.NftExpression;
import net.hybridgateway.netlink.nftables.NftRule;
import net.hybridgateway.netlink.nftables.NftTable;
import org.junit.jupiter.api.Test;

class DependenciesTest {
    /** Expressions of nftables whose modules are in OpenWrt's kmod-nft-core, which its firewall needs. */
    private static final Set<String> CORE =
            Set.of("bitwise", "cmp", "counter", "ct", "exthdr", "immediate", "lookup", "meta", "payload", "reject");

    /** The package of the module of each of the others, after package/kernel/linux/modules/netfilter.mk of OpenWrt. */
    private static final Map<String, String> PACKAGES =
            Map.of("fib", "kmod-nft-fib", "socket", "kmod-nft-socket", "tproxy", "kmod-nft-tproxy");

    @Test
    void everyExpressionOfOurRulesHasItsModule() {
        NftTable table = InterceptionTable.table(
                List.of("br-lan"),
                List.of("br-guest"),
                8089,
                List.of(),
                List.of(new InetSocketAddress("203.0.113.7", 7000)),
                true,
                List.of("wan"),
                true);

        Set<String> packages = new TreeSet<>();
        for (NftChain chain : table.chains()) {
            for (NftRule rule : chain.rules()) {
                for (NftExpression expression : rule.expressions()) {
                    if (!CORE.contains(expression.kernelName())) {
                        packages.add(PACKAGES.get(expression.kernelName()));
                    }
                }
            }
        }
        assertEquals(new TreeSet<>(PACKAGES.values()), packages);
        assertTrue(RouterPackages.DEPENDS.containsAll(packages), packages.toString());
    }

    @Test
    void eachIsExplainedToPackagersAndNamedToOwners() throws IOException {
        String packagers = Files.readString(Path.of("../packaging/README.md"));
        String owners = Files.readString(Path.of("../docs/install.md"));
        for (String name : RouterPackages.DEPENDS) {
            assertTrue(packagers.contains("| `" + name + "` | "), name);
            assertTrue(owners.contains("`" + name + "`"), name);
        }
    }
}
