package net.hybridgateway.lab.middlebox;

import java.util.Optional;
import net.hybridgateway.lab.net.Access;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.Node;

/** A middlebox at the far end of a line: it lets everything through until it is told what to do. */
public final class Middlebox implements AutoCloseable {
    private final Node router;
    private final Access access;
    private Optional<SynDataStripper> stripper = Optional.empty();

    private Middlebox(Node router, Access access) {
        this.router = router;
        this.access = access;
    }

    /** Puts one on a line. */
    public static Middlebox on(House house, Access access) {
        return new Middlebox(house.router(), access);
    }

    /** Does this from now on, and nothing else; packets of running connections are treated alike. */
    public void does(Behaviour behaviour) {
        rest();
        if (behaviour == Behaviour.STRIP_SYN_DATA) {
            stripper = Optional.of(SynDataStripper.start(router, access.routerDevice()));
        }
        router.nft("""
                table inet %1$s {
                  chain up {
                    type filter hook prerouting priority mangle;
                    iifname != %2$s accept
                    %3$s
                  }
                  chain down {
                    type filter hook postrouting priority mangle;
                    oifname != %2$s accept
                    %4$s
                  }
                }
                """.formatted(table(), access.routerDevice(), behaviour.up(), behaviour.down()));
    }

    /** Lets everything through again. */
    public void rest() {
        // "add" first, for deleting what is not there is an error.
        router.nft("add table inet %1$s\ndelete table inet %1$s\n".formatted(table()));
        stripper.ifPresent(SynDataStripper::close);
        stripper = Optional.empty();
    }

    private String table() {
        return "middlebox_" + access.line();
    }

    @Override
    public void close() {
        rest();
    }
}
