package net.hybridgateway.app.cli;

import java.io.PrintStream;
import java.util.concurrent.CompletableFuture;
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
     * Starts, says that it is ready, and waits for the end. A signal that comes while it starts is heeded, too: what was
     * begun is completed and then stopped, for a start that is left half done would leave its rules in the kernel.
     *
     * @param start makes the running thing, or undoes what it began; its failures become a {@link CommandFailedException}
     * @param ready one line for standard output
     */
    static int run(Supplier<? extends AutoCloseable> start, PrintStream out, String ready) throws InterruptedException {
        CompletableFuture<AutoCloseable> running = new CompletableFuture<>();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(running), "stop"));
        try {
            running.complete(start.get());
        } catch (DaemonException | NetlinkException e) {
            throw new CommandFailedException(e.getMessage(), e);
        } catch (CompletionException e) {
            // Another thread of the service met it.
            throw new CommandFailedException(told(e.getCause()), e);
        } finally {
            // After a failure there is nothing to stop. A second completion does nothing.
            running.complete(() -> {});
        }
        out.println(ready);
        out.flush();
        new CountDownLatch(1).await();
        return CommandLine.DONE;
    }

    /** Some of Java's own exceptions have no message. */
    private static String told(Throwable failure) {
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }

    private static void stop(CompletableFuture<AutoCloseable> running) {
        try {
            running.join().close();
        } catch (Exception e) {
            Logger.error("{}", e.getMessage());
        }
    }
}
