package net.hybridgateway.scheduler;

import java.util.Objects;

/**
 * A subflow as sock_diag lists it.
 *
 * @param localId address id of the local address, 0 to 255
 * @param remoteId address id of the remote address, 0 to 255
 * @param backup this gateway asked for backup (MPTCP_SUBFLOW_FLAG_BKUP_LOC)
 * @param fullyEstablished data may flow, and REMOVE_ADDR over this subflow arrives (MPTCP_SUBFLOW_FLAG_FULLY_ESTABLISHED)
 */
public record KernelSubflow(SubflowTuple tuple, int localId, int remoteId, boolean backup, boolean fullyEstablished) {
    public KernelSubflow {
        Objects.requireNonNull(tuple, "tuple");
        AddressIds.requireId(localId);
        AddressIds.requireId(remoteId);
    }
}
