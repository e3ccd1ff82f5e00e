package net.hybridgateway.lab.bench.failover;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.hybridgateway.lab.measure.AtOnce;

/** All contenders' courses, which take each step at the same time, or in turn, and wait for each other before the next. */
final class Convoy implements AutoCloseable {
    private final List<Course> courses = new ArrayList<>();
    private final ExecutorService threads;

    /** Builds the courses, one after the other. */
    Convoy(List<Contender> contenders, boolean inTurn) {
        threads = Executors.newFixedThreadPool(inTurn ? 1 : contenders.size());
        try {
            contenders.forEach(contender -> courses.add(Course.of(contender)));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Lets each take a step. */
    void each(Consumer<Course> step) {
        collect(course -> {
            step.accept(course);
            return course;
        });
    }

    /** Lets each take a step, and gives what came out, in the contenders' order. */
    <T> List<T> collect(Function<Course, T> step) {
        List<Callable<T>> tasks = courses.stream()
                .map(course -> (Callable<T>) () -> step.apply(course))
                .collect(Collectors.toList());
        return AtOnce.all(threads, tasks);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        courses.forEach(Course::close);
    }
}
