package net.hybridgateway.app.discovery;

import java.util.Objects;

/** What a lease file turned out to say. */
public sealed interface LeaseReading {
    /** The lease tells all of this, until its time is over; what was known of it before is void. */
    record Held(Lease lease) implements LeaseReading {
        public Held {
            Objects.requireNonNull(lease, "lease");
        }
    }

    /**
     * It makes no sense, or tells what is not allowed: nothing of it may be used, and what was known stays.
     *
     * @param reason names the file, and the option and the byte that are wrong
     */
    record Refused(String reason) implements LeaseReading {
        public Refused {
            Objects.requireNonNull(reason, "reason");
        }
    }
}
