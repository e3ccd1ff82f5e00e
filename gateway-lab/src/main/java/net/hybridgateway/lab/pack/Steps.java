package net.hybridgateway.lab.pack;

import java.io.IOException;
import java.io.PrintStream;

/** Says what is done, and how long it took. */
public final class Steps {
    private final PrintStream out;

    public Steps(PrintStream out) {
        this.out = out;
    }

    /** Something that takes a while. */
    @FunctionalInterface
    public interface Step {
        void run() throws IOException;
    }

    /** Something that takes a while and gives something. */
    @FunctionalInterface
    public interface Getting<T> {
        T get() throws IOException;
    }

    public void run(String name, Step step) throws IOException {
        get(name, () -> {
            step.run();
            return name;
        });
    }

    public <T> T get(String name, Getting<T> step) throws IOException {
        long start = System.nanoTime();
        T result = step.get();
        out.printf("%7.1f s  %s%n", (System.nanoTime() - start) / 1e9, name);
        return result;
    }
}
