package net.hybridgateway.lab.bench.failover;

import net.hybridgateway.lab.measure.BenchOptions;

/** The systems that are compared. */
enum Contender {
    /** This gateway, cellular {@code on-demand}: nothing stands ready on cellular before the break. */
    GATEWAY("this gateway"),
    /** The kernel's path manager with a subflow on cellular that has the backup bit and stands from the start. */
    KERNEL_BACKUP("kernel, backup") {
        @Override
        ContenderHouse build() {
            return KernelHouse.build("subflow backup");
        }
    },
    /** The kernel's path manager with a subflow on each line, both of which carry data from the start. */
    KERNEL_ALWAYS("kernel, both active") {
        @Override
        ContenderHouse build() {
            return KernelHouse.build("subflow");
        }
    };

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
        return GatewayHouse.build();
    }

    @Override
    public String toString() {
        return BenchOptions.word(this);
    }
}
