package net.hybridgateway.app.kernel;

import java.util.Optional;
import net.hybridgateway.netlink.NetlinkException;
import net.hybridgateway.netlink.diag.SockDiag;
import net.hybridgateway.netlink.mptcp.AddressId;
import net.hybridgateway.netlink.mptcp.ConnectionToken;
import net.hybridgateway.netlink.mptcp.Endpoint;
import net.hybridgateway.netlink.mptcp.EndpointFlags;
import net.hybridgateway.netlink.mptcp.MptcpPathManager;
import net.hybridgateway.scheduler.Decision;
import net.hybridgateway.scheduler.EngineEvent;
import net.hybridgateway.scheduler.SubflowTuple;
import org.tinylog.Logger;

/**
 * Turns the engine's decisions into commands for the kernel's path manager, and a refusal that the engine must know of
 * into an event. One owner thread.
 */
public final class PathManagerCommands implements Decision.Visitor<Optional<EngineEvent>> {
    /** RFC 8684 §3.2: the address of the initial subflow has the id 0. */
    private static final int INITIAL_ID = 0;

    private final MptcpPathManager pathManager;
    private final SockDiag diag;

    public PathManagerCommands(MptcpPathManager pathManager, SockDiag diag) {
        this.pathManager = pathManager;
        this.diag = diag;
    }

    /** Carries a decision out; returns what the engine must be told about it. */
    public Optional<EngineEvent> execute(Decision decision) {
        return decision.accept(this);
    }

    @Override
    public Optional<EngineEvent> visit(Decision.CreateSubflow create) {
        Endpoint local = Endpoint.at(create.localAddress())
                .id(new AddressId(create.localId()))
                .flags(create.backup() ? EndpointFlags.BACKUP : 0)
                .onLink(create.interfaceIndex());
        try {
            pathManager.createSubflow(token(create), local, create.remote());
            return Optional.empty();
        } catch (NetlinkException e) {
            Logger.debug("{}", e.getMessage());
            return Optional.of(new EngineEvent.SubflowCreateFailed(
                    create.token(), create.uplink(), create.localId(), e.getMessage()));
        }
    }

    @Override
    public Optional<EngineEvent> visit(Decision.RemoveAddress remove) {
        return orIgnore(() -> pathManager.removeUnheard(token(remove), new AddressId(remove.localId())));
    }

    @Override
    public Optional<EngineEvent> visit(Decision.DestroySubflow destroy) {
        SubflowTuple tuple = destroy.tuple();
        return orIgnore(() -> {
            if (destroy.localId() == INITIAL_ID) {
                pathManager.destroyInitialSubflow(token(destroy), tuple.local(), tuple.remote());
            } else {
                pathManager.destroySubflow(token(destroy), tuple.local(), tuple.remote());
            }
        });
    }

    @Override
    public Optional<EngineEvent> visit(Decision.SetBackup set) {
        Endpoint local = Endpoint.at(set.tuple().local())
                .id(new AddressId(set.localId()))
                .flags(set.backup() ? EndpointFlags.BACKUP : 0);
        return orIgnore(
                () -> pathManager.setFlags(token(set), local, set.tuple().remote()));
    }

    @Override
    public Optional<EngineEvent> visit(Decision.InspectSubflow inspect) {
        SubflowTuple tuple = inspect.tuple();
        try {
            return diag.subflow(tuple.local(), tuple.remote(), inspect.interfaceIndex())
                    .map(subflow ->
                            new EngineEvent.SubflowInspected(inspect.token(), tuple, subflow.fullyEstablished()));
        } catch (NetlinkException e) {
            Logger.debug("{}", e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public Optional<EngineEvent> visit(Decision.UplinkTransition transition) {
        Logger.info(
                "uplink {}: {} -> {}, {}",
                transition.uplink(),
                transition.from(),
                transition.to(),
                transition.reason().sentence());
        return Optional.empty();
    }

    @Override
    public Optional<EngineEvent> visit(Decision.ProbePath probe) {
        return Optional.empty();
    }

    @Override
    public Optional<EngineEvent> visit(Decision.PathVerdict verdict) {
        Logger.info(
                "conversion point {} over uplink {}: {}, {}",
                verdict.conversionPoint(),
                verdict.uplink(),
                verdict.state(),
                verdict.reason().sentence());
        return Optional.empty();
    }

    /** The connection, address or subflow may have gone by itself a moment ago, and then there is nothing left to do. */
    private static Optional<EngineEvent> orIgnore(Runnable command) {
        try {
            command.run();
        } catch (NetlinkException e) {
            Logger.debug("{}", e.getMessage());
        }
        return Optional.empty();
    }

    private static ConnectionToken token(Decision.ConnectionDecision decision) {
        return ConnectionToken.ofBits(decision.token());
    }
}
