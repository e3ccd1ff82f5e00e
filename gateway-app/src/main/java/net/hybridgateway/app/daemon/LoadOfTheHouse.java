package net.hybridgateway.app.daemon;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import net.hybridgateway.app.intercept.Interceptor;
import net.hybridgateway.app.intercept.TransferReading;
import net.hybridgateway.app.relay.RelayLoop;
import net.hybridgateway.app.relay.RelayLoops;

/** The real house for a {@link LoadMeter}. */
final class LoadOfTheHouse implements LoadMeter.House {
    private final RelayLoops loops;
    private final Interceptor interceptor;
    private final Supplier<Map<String, UplinkBytes.Count>> uplinkBytes;

    LoadOfTheHouse(RelayLoops loops, Interceptor interceptor, Supplier<Map<String, UplinkBytes.Count>> uplinkBytes) {
        this.loops = loops;
        this.interceptor = interceptor;
        this.uplinkBytes = uplinkBytes;
    }

    @Override
    public void ringWhenBusy(Runnable listener, long bytes) {
        for (RelayLoop loop : loops.all()) {
            loop.execute(() -> loop.ringWhenBusy(listener, bytes));
        }
    }

    @Override
    public void readBusiest(int most, Consumer<List<TransferReading>> answer) {
        interceptor.readBusiest(most, answer);
    }

    @Override
    public Map<String, UplinkBytes.Count> uplinkBytes() {
        return uplinkBytes.get();
    }

    @Override
    public void after(Duration delay, Runnable task) {
        RelayLoop first = loops.all().get(0);
        first.execute(() -> {
            RelayLoop.Timer unused = first.schedule(task, delay);
        });
    }
}
