package net.hybridgateway.app.cli;

import java.io.PrintStream;
import java.util.List;
import net.hybridgateway.app.daemon.DaemonException;
import net.hybridgateway.app.daemon.RunDirectory;
import net.hybridgateway.app.kernel.KernelCleanup;
import net.hybridgateway.netlink.NetlinkException;

final class CleanupCommand implements Command {
    @Override
    public String name() {
        return "cleanup";
    }

    @Override
    public String summary() {
        return "Removes what a gateway that was killed left in the kernel.";
    }

    @Override
    public List<Option> options() {
        return List.of(Option.RUN_DIR);
    }

    /** Takes the lock first: under a running gateway, this would cut its connections off. */
    @Override
    public int run(Arguments arguments, PrintStream out, PrintStream err) {
        try (RunDirectory directory = RunDirectory.claim(arguments.runDir())) {
            KernelCleanup.run(directory.path());
            return CommandLine.DONE;
        } catch (DaemonException | NetlinkException e) {
            throw new CommandFailedException(e.getMessage(), e);
        }
    }
}
