package net.hybridgateway.app.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import net.hybridgateway.netlink.nftables.NftEvent;
import org.junit.jupiter.api.Test;

class TableNewsTest {
    private final List<String> told = new ArrayList<>();
    private final TableNews news = new TableNews(told::add);

    @Test
    void tellsOnceOfATransactionThatTouchedOurTableInManyPlaces() {
        news.accept(new NftEvent.TableChanged("fw4"));
        news.accept(new NftEvent.TableChanged("hybrid_gateway"));
        news.accept(new NftEvent.TableChanged("hybrid_gateway"));
        assertEquals(List.of(), told, "it has not taken effect yet");

        news.accept(new NftEvent.Committed(7, "nft"));
        news.accept(new NftEvent.Committed(8, "fw4"));

        assertEquals(List.of("nft"), told);
    }

    @Test
    void isSilentAboutReloadsOfTheFirewall() {
        for (int reload = 0; reload < 100; reload++) {
            news.accept(new NftEvent.TableChanged("fw4"));
            news.accept(new NftEvent.Committed(reload, "nft"));
        }
        assertEquals(List.of(), told);
    }

    @Test
    void takesLostEventsForSuchThatMayHaveBeenOurs() {
        news.accept(new NftEvent.EventsLost());

        assertEquals(List.of(""), told);
    }
}
