package net.hybridgateway.lab.pack;

import java.io.IOException;
import java.nio.file.Path;
import net.hybridgateway.lab.footprint.ClassTraining;
import net.hybridgateway.lab.net.LabException;

/** {@code ./dev classes}: writes the list of classes that the packages' archive is made of, {@value ClassList#FILE}. */
public final class Train {
    private Train() {}

    /**
     * Exits with 1 if something is wrong.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        if (arguments.length > 0) {
            System.err.println("usage: sudo ./dev classes");
            System.exit(2);
        }
        try {
            ClassList list = ClassList.of(ClassTraining.run());
            list.write(Path.of(""));
            System.out.printf(
                    "%s: %d classes, %d of them for the archive%n",
                    ClassList.FILE, list.names().size(), list.archivedClasses());
        } catch (LabException | IOException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }
}
