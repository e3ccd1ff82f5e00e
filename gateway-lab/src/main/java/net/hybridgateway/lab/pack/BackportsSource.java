package net.hybridgateway.lab.pack;

import java.util.Arrays;
import java.util.Optional;

/** Where a release's backports are, told from where the release is: on the same mirror. */
final class BackportsSource {
    private BackportsSource() {}

    /**
     * The source to add; empty if the text does not name the release itself.
     *
     * @param text a file of apt's, in either of its forms: lines that begin with {@code deb}, or paragraphs of fields
     * @param release such as {@code bookworm}
     */
    static Optional<String> of(String text, String release) {
        return Arrays.stream(text.split("\n[ \t]*\n", -1))
                .map(paragraph -> ofParagraph(paragraph, release))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> ofParagraph(String paragraph, String release) {
        StringBuilder fields = new StringBuilder();
        boolean found = false;
        for (String line : paragraph.lines().toList()) {
            String[] words = line.strip().split("[ \t]+", -1);
            boolean names = Arrays.asList(words).contains(release);
            if (words[0].equals("deb") && names) {
                return Optional.of(
                        line.replaceFirst("([ \t])" + release + "([ \t])", "$1" + release + "-backports$2") + "\n");
            }
            if (words[0].equals("Suites:") && names) {
                found = true;
                fields.append("Suites: ").append(release).append("-backports\n");
            } else {
                fields.append(line).append('\n');
            }
        }
        return found ? Optional.of(fields.toString()) : Optional.empty();
    }
}
