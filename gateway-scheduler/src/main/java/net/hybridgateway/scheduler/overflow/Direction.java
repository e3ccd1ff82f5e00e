package net.hybridgateway.scheduler.overflow;

/** Lines are asymmetric, and a transfer fills them one way: everything is judged for each direction by itself. */
enum Direction {
    DOWN {
        @Override
        double of(LoadSample.UplinkLoad load) {
            return load.inPerSecond();
        }

        @Override
        double of(LoadSample.SubflowLoad load) {
            return load.inPerSecond();
        }
    },
    UP {
        @Override
        double of(LoadSample.UplinkLoad load) {
            return load.outPerSecond();
        }

        @Override
        double of(LoadSample.SubflowLoad load) {
            return load.outPerSecond();
        }
    };

    abstract double of(LoadSample.UplinkLoad load);

    abstract double of(LoadSample.SubflowLoad load);

    /** Where more bytes went. */
    static Direction busier(LoadSample.TransferLoad transfer) {
        return DOWN.of(transfer) >= UP.of(transfer) ? DOWN : UP;
    }

    double of(LoadSample.TransferLoad transfer) {
        return transfer.subflows().stream().mapToDouble(this::of).sum();
    }
}
