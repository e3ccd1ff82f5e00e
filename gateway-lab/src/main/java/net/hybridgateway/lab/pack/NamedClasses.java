package net.hybridgateway.lab.pack;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The names that a class file mentions anywhere: of classes that it uses, in signatures, in annotations, and in texts, for
 * {@code Class.forName} and the like (JVM specification, 4.4: all of them are in the constant pool).
 */
final class NamedClasses {
    private static final int MAGIC = 0xCAFEBABE;
    private static final int UTF8 = 1;
    private static final int LONG = 5;
    private static final int DOUBLE = 6;
    private static final Pattern NAME = Pattern.compile("[\\w$]+(?:[/.][\\w$]+)+");

    private NamedClasses() {}

    /** The words of a class file that could be names, with slashes. */
    static List<String> in(InputStream classFile) throws IOException {
        List<String> names = new ArrayList<>();
        DataInputStream in = new DataInputStream(classFile);
        if (in.readInt() != MAGIC) {
            throw new IOException("not a class file");
        }
        in.skipNBytes(2 * Short.BYTES);
        int entries = in.readUnsignedShort();
        for (int index = 1; index < entries; index++) {
            int tag = in.readUnsignedByte();
            if (tag == UTF8) {
                addNames(in.readUTF(), names);
            } else {
                in.skipNBytes(bytesOf(tag));
            }
            if (tag == LONG || tag == DOUBLE) {
                // These take two numbers.
                index++;
            }
        }
        return names;
    }

    private static int bytesOf(int tag) throws IOException {
        return switch (tag) {
            case 7, 8, 16, 19, 20 -> Short.BYTES;
            case 15 -> Byte.BYTES + Short.BYTES;
            case 3, 4, 9, 10, 11, 12, 17, 18 -> Integer.BYTES;
            case LONG, DOUBLE -> Long.BYTES;
            default -> throw new IOException("unknown constant " + tag);
        };
    }

    /** In any text, such as what native code has of them. */
    static Stream<String> in(String text) {
        List<String> names = new ArrayList<>();
        addNames(text, names);
        return names.stream();
    }

    /** A descriptor puts an L before a name, which is a letter like others: so both are tried. */
    private static void addNames(String text, List<String> names) {
        Matcher matcher = NAME.matcher(text);
        while (matcher.find()) {
            String name = matcher.group().replace('.', '/');
            names.add(name);
            if (name.startsWith("L")) {
                names.add(name.substring(1));
            }
        }
    }
}
