package net.hybridgateway.lab.bench.micro;

import java.util.List;
import net.hybridgateway.scheduler.Decision;
import net.hybridgateway.scheduler.EngineSnapshot;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The policy engine among more and more connections. */
public class EngineSteps {
    /** A household whose connections stay as they are. */
    @State(Scope.Thread)
    public static class Calm {
        @Param({"10", "1000", "10000"})
        public int connections;

        private Household household;

        @Setup(Level.Trial)
        public void fill() {
            household = new Household(connections);
        }
    }

    /** A household that is made anew for each break. */
    @State(Scope.Thread)
    public static class BeforeABreak {
        @Param({"10", "1000", "10000"})
        public int connections;

        private Household household;

        @Setup(Level.Invocation)
        public void fill() {
            household = new Household(connections);
        }
    }

    /** One more connection comes and goes. */
    @Benchmark
    public List<Decision> oneMore(Calm calm) {
        calm.household.open(calm.connections + 1);
        return calm.household.close(calm.connections + 1);
    }

    /** The fixed line breaks and all connections move to cellular. */
    @Benchmark
    public int breakOfAll(BeforeABreak before) {
        return before.household.breakOfTheFixedLine();
    }

    /** An image of all connections, as a status needs it. */
    @Benchmark
    public EngineSnapshot imageOfAll(Calm calm) {
        return calm.household.snapshot();
    }
}
