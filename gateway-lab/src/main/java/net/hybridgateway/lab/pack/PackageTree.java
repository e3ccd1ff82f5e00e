package net.hybridgateway.lab.pack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files of a package, in an order that depends on their names alone. Of their rights only one is kept: whether they can be
 * executed. All of them belong to root.
 *
 * @param folders by their paths, so that each comes behind the one that it is in; the first is the root
 */
record PackageTree(List<Folder> folders) {
    /** The order of the bytes of the names, whatever the language of the machine. Paths are plain ASCII. */
    private static final Comparator<String> BY_BYTES = Comparator.naturalOrder();

    PackageTree {
        folders = List.copyOf(folders);
    }

    /**
     * A folder.
     *
     * @param path without a slash at its ends; empty for the root
     */
    record Folder(String path, List<Item> items) {
        Folder {
            items = List.copyOf(items);
        }

        /** The path of something in this folder. */
        String pathOf(Item item) {
            return path.isEmpty() ? item.name() : path + "/" + item.name();
        }
    }

    /**
     * A file or a symbolic link.
     *
     * @param link where the link leads; empty for a file
     * @param source where the content of a file is
     */
    record Item(String name, Optional<String> link, Path source) {
        boolean executable() {
            return link.isEmpty() && Files.isExecutable(source);
        }

        int mode() {
            return link.isPresent() ? 0777 : executable() ? 0755 : 0644;
        }

        byte[] content() throws IOException {
            return Files.readAllBytes(source);
        }
    }

    /** Everything in a folder. */
    static PackageTree read(Path root) {
        List<Folder> folders = new ArrayList<>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .toList()) {
                folders.add(new Folder(root.relativize(path).toString(), items(path)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        folders.sort(Comparator.comparing(Folder::path, BY_BYTES));
        return new PackageTree(folders);
    }

    private static List<Item> items(Path folder) throws IOException {
        List<Item> items = new ArrayList<>();
        try (Stream<Path> paths = Files.list(folder)) {
            for (Path path : paths.toList()) {
                if (Files.isSymbolicLink(path)) {
                    items.add(new Item(
                            path.getFileName().toString(),
                            Optional.of(Files.readSymbolicLink(path).toString()),
                            path));
                } else if (Files.isRegularFile(path)) {
                    items.add(new Item(path.getFileName().toString(), Optional.empty(), path));
                }
            }
        }
        items.sort(Comparator.comparing(Item::name, BY_BYTES));
        return items;
    }

    /** The paths of all files and links, with a slash in front, in the order of their bytes. */
    List<String> paths() {
        return folders.stream()
                .flatMap(folder -> folder.items().stream().map(item -> "/" + folder.pathOf(item)))
                .sorted(BY_BYTES)
                .toList();
    }
}
