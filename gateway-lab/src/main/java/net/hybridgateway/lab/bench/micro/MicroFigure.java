package net.hybridgateway.lab.bench.micro;

/**
 * What one step takes.
 *
 * @param step the measured method, as {@code NetlinkSteps.event}
 * @param connections among how many; 0 where it does not matter
 * @param nanoseconds at the median of all iterations
 * @param least of them
 * @param most of them
 * @param bytes of heap that it takes
 */
record MicroFigure(String step, int connections, double nanoseconds, double least, double most, double bytes) {
    MicroFigure {
        if (!(least <= nanoseconds && nanoseconds <= most) || bytes < 0 || connections < 0) {
            throw new IllegalArgumentException(step + ": " + least + ", " + nanoseconds + ", " + most + ", " + bytes);
        }
    }

    /** The same for one of its connections. */
    MicroFigure forEachConnection() {
        return new MicroFigure(
                step,
                connections,
                nanoseconds / connections,
                least / connections,
                most / connections,
                bytes / connections);
    }
}
