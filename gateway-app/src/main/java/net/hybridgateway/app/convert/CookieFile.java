package net.hybridgateway.app.convert;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.hybridgateway.app.convert.CookieJar.Owner;
import net.hybridgateway.app.convert.CookieJarException.Problem;

/**
 * The text form of a {@link CookieJar}: a first line that names it, then a line per cookie, learnt longest ago first:
 * the converter's address, its port, our address, the cookie. Addresses and cookies are hexadecimal, so that nothing
 * looks like a host name. The last line says that the file is complete.
 */
final class CookieFile {
    private static final String FIRST_LINE = "convert-cookies 1";
    private static final String LAST_LINE = "end";
    private static final int MAX_LINE_BYTES = 32 + 1 + 5 + 1 + 32 + 1 + 2 * ConvertCookie.MAX_BYTES + 1;
    private static final int MAX_BYTES =
            FIRST_LINE.length() + CookieJar.MAX_COOKIES * MAX_LINE_BYTES + LAST_LINE.length() + 2;

    private CookieFile() {}

    /** The cookies of the file; none if there is no file. */
    static Map<Owner, ConvertCookie> read(Path file) throws CookieJarException {
        byte[] content;
        try (InputStream in = Files.newInputStream(file)) {
            content = in.readNBytes(MAX_BYTES + 1);
        } catch (NoSuchFileException e) {
            return Map.of();
        } catch (IOException e) {
            throw new CookieJarException(Problem.UNREADABLE, file, e);
        }
        if (content.length > MAX_BYTES) {
            throw new CookieJarException(Problem.CORRUPT, file, "more than " + MAX_BYTES + " bytes");
        }
        return parse(
                file, new String(content, StandardCharsets.US_ASCII).lines().toList());
    }

    static byte[] format(Map<Owner, ConvertCookie> cookies) {
        StringBuilder text = new StringBuilder(FIRST_LINE).append('\n');
        cookies.forEach((owner, cookie) -> text.append(hex(owner.converter().getAddress()))
                .append(' ')
                .append(owner.converter().getPort())
                .append(' ')
                .append(hex(owner.local()))
                .append(' ')
                .append(cookie.bytes().toHex())
                .append('\n'));
        return text.append(LAST_LINE).append('\n').toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static String hex(InetAddress address) {
        return ByteString.copyOf(address.getAddress()).toHex();
    }

    private static Map<Owner, ConvertCookie> parse(Path file, List<String> lines) throws CookieJarException {
        int last = lines.size() - 1;
        if (last < 1 || !lines.get(0).equals(FIRST_LINE) || !lines.get(last).equals(LAST_LINE)) {
            throw new CookieJarException(
                    Problem.CORRUPT, file, "not from \"" + FIRST_LINE + "\" to \"" + LAST_LINE + "\"");
        }
        if (last - 1 > CookieJar.MAX_COOKIES) {
            throw new CookieJarException(Problem.CORRUPT, file, "more than " + CookieJar.MAX_COOKIES + " cookies");
        }
        Map<Owner, ConvertCookie> cookies = new LinkedHashMap<>();
        for (int i = 1; i < last; i++) {
            try {
                parseLine(lines.get(i), cookies);
            } catch (IllegalArgumentException | UnknownHostException e) {
                // Not the exception's own text: it may quote the cookie.
                throw new CookieJarException(Problem.CORRUPT, file, "line " + (i + 1));
            }
        }
        return cookies;
    }

    private static void parseLine(String line, Map<Owner, ConvertCookie> into) throws UnknownHostException {
        String[] words = line.split(" ", -1);
        if (words.length != 4) {
            throw new IllegalArgumentException("a line has four words");
        }
        InetSocketAddress converter = new InetSocketAddress(address(words[0]), Integer.parseInt(words[1]));
        into.put(new Owner(converter, address(words[2])), new ConvertCookie(ByteString.ofHex(words[3])));
    }

    private static InetAddress address(String hex) throws UnknownHostException {
        return InetAddress.getByAddress(ByteString.ofHex(hex).toByteArray());
    }
}
