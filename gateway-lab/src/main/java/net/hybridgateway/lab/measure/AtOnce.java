package net.hybridgateway.lab.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import net.hybridgateway.lab.net.LabException;

/** What several do at the same time. */
public final class AtOnce {
    private AtOnce() {}

    /**
     * Lets all go to their ends.
     *
     * @param threads as many as shall run at the same time
     * @return what came out, in the order of the tasks
     * @throws LabException if a task failed
     */
    public static <T> List<T> all(ExecutorService threads, List<Callable<T>> tasks) {
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> future : threads.invokeAll(tasks)) {
                results.add(future.get());
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted", e);
        } catch (ExecutionException e) {
            throw new LabException(e.getCause().getMessage(), e);
        }
    }
}
