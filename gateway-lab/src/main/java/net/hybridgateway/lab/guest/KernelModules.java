package net.hybridgateway.lab.guest;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.hybridgateway.lab.net.LabException;

/**
 * The order in which a kernel's modules are loaded, from the two files that tell it: {@code modules.dep}, with a line {@code
 * FILE: FILE…} for each module, and {@code modules.builtin}, with a line for each that is not one. Pure.
 */
final class KernelModules {
    private final Map<String, String> files = new HashMap<>();
    private final Map<String, List<String>> needs = new HashMap<>();
    private final Set<String> builtIn = new LinkedHashSet<>();

    KernelModules(String dependencies, String builtIns) {
        for (String line : dependencies.lines().toList()) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                String file = line.substring(0, colon);
                files.put(name(file), file);
                needs.put(
                        name(file),
                        Arrays.stream(line.substring(colon + 1).strip().split(" +", -1))
                                .filter(it -> !it.isEmpty())
                                .map(KernelModules::name)
                                .toList());
            }
        }
        builtIns.lines().map(KernelModules::name).forEach(builtIn::add);
    }

    /** The name as the kernel has it: files may be called with a hyphen, and be compressed. */
    static String name(String file) {
        return file.substring(file.lastIndexOf('/') + 1)
                .replaceFirst("\\.ko(\\.[a-z]+)?$", "")
                .replace('-', '_');
    }

    /**
     * The files of these modules and of all that they need, in an order in which each finds what it needs.
     *
     * @throws LabException if the kernel has no such module, and not built in either
     */
    List<String> loadOrder(Collection<String> names) {
        Set<String> order = new LinkedHashSet<>();
        names.forEach(name -> add(name(name), order));
        return List.copyOf(order);
    }

    private void add(String name, Set<String> order) {
        String file = files.get(name);
        if (file == null) {
            if (!builtIn.contains(name)) {
                throw new LabException("the guest's kernel has no module " + name);
            }
            return;
        }
        if (!order.contains(file)) {
            needs.get(name).forEach(needed -> add(needed, order));
            order.add(file);
        }
    }
}
