package net.hybridgateway.lab.bench.failover;

import net.hybridgateway.lab.bench.contender.ContenderHouse;
import net.hybridgateway.lab.bench.contender.GatewayHouse;
import net.hybridgateway.lab.bench.contender.KernelHouse;
import net.hybridgateway.lab.measure.BenchOptions;
import net.hybridgateway.lab.net.HousePlan;
import net.hybridgateway.lab.net.LineShape;

/** The systems that are compared. */
enum Contender {
    /** This gateway, cellular {@code on-demand}: nothing stands ready on cellular before the break. */
    GATEWAY("this gateway"),
    /** The kernel's path manager with a subflow on cellular that has the backup bit and stands from the start. */
    KERNEL_BACKUP("kernel, backup") {
        @Override
        ContenderHouse build() {
            return KernelHouse.build(PLAN, "subflow backup");
        }
    },
    /** The kernel's path manager with a subflow on each line, both of which carry data from the start. */
    KERNEL_ALWAYS("kernel, both active") {
        @Override
        ContenderHouse build() {
            return KernelHouse.build(PLAN, "subflow");
        }
    };

    /** The lines of every contender. */
    static final HousePlan PLAN = HousePlan.shaped(LineShape.of(40, 20), LineShape.of(20, 50));

    private final String title;

    Contender(String title) {
        this.title = title;
    }

    /** For people. */
    String title() {
        return title;
    }

    /** Builds a house with this system in it. */
    ContenderHouse build() {
        return GatewayHouse.build(PLAN, "on-demand");
    }

    @Override
    public String toString() {
        return BenchOptions.word(this);
    }
}
