package net.hybridgateway.app.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.hybridgateway.mgmt.control.ControlClient;
import net.hybridgateway.mgmt.control.ControlException;
import net.hybridgateway.mgmt.control.ReportCommands;

/** Has the running daemon tell all that helps to find a fault. */
final class ReportCommand implements Command {
    private static final Option ADDRESSES =
            new Option("--" + ReportCommands.ADDRESSES, "", "leave the addresses of LAN hosts and servers as they are");
    private static final Option OUTPUT =
            new Option("--output", "FILE", "write it to a new file, which only its owner can read");

    @Override
    public String name() {
        return "report";
    }

    @Override
    public String summary() {
        return "Prints all that helps to find a fault, without secrets, as JSON.";
    }

    @Override
    public List<Option> options() {
        return List.of(ADDRESSES, OUTPUT, Option.RUN_DIR);
    }

    @Override
    public int run(Arguments arguments, PrintStream out, PrintStream err) {
        ControlClient client = new ControlClient(arguments.runDir().resolve("control.sock"));
        try {
            String report =
                    client.json(name(), Map.of(ReportCommands.ADDRESSES, String.valueOf(arguments.has(ADDRESSES))));
            Optional<Path> file = arguments.value(OUTPUT).map(Path::of);
            if (file.isPresent()) {
                write(file.get(), report);
                out.println(file.get());
            } else {
                out.print(report);
            }
            return CommandLine.DONE;
        } catch (ControlException e) {
            throw new CommandFailedException(e.getMessage(), e);
        }
    }

    private static void write(Path file, String report) {
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, report);
        } catch (FileAlreadyExistsException e) {
            throw new CommandFailedException(file + " is there already", e);
        } catch (IOException e) {
            throw new CommandFailedException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}
