package net.hybridgateway.app.cli;

import java.io.PrintStream;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import net.hybridgateway.app.daemon.DaemonException;
import net.hybridgateway.netlink.NetlinkException;
import org.tinylog.Logger;

/** Runs something until a signal ends the process. */
final class Service {
    private Service() {}

    /**
     * Starts, says that it is ready, and waits for the end.
     *
     * @param start makes the running thing; its failures become a {@link CommandFailedException}
     * @param ready one line for standard output
     */
    static int run(Supplier<? extends AutoCloseable> start, PrintStream out, String ready) throws InterruptedException {
        AutoCloseable running;
        try {
            running = start.get();
        } catch (DaemonException | NetlinkException e) {
            throw new CommandFailedException(e.getMessage(), e);
        } catch (CompletionException e) {
            // Another thread of the service met it.
            throw new CommandFailedException(e.getCause().getMessage(), e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(running), "stop"));
        out.println(ready);
        out.flush();
        new CountDownLatch(1).await();
        return CommandLine.DONE;
    }

    private static void stop(AutoCloseable running) {
        try {
            running.close();
        } catch (Exception e) {
            Logger.error("{}", e.getMessage());
        }
    }
}
