package net.hybridgateway.mgmt.control;

/** How deep a JSON text is nested: the parser calls itself for each level, and its stack has an end. */
final class JsonDepth {
    private JsonDepth() {}

    /** The number of arrays and objects within each other; also of a text that is no JSON. */
    static int of(String text) {
        int depth = 0;
        int deepest = 0;
        boolean inString = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (inString) {
                if (c == '\\') {
                    i++;
                } else if (c == '"') {
                    inString = false;
                }
            } else if (c == '"') {
                inString = true;
            } else if (c == '{' || c == '[') {
                deepest = Math.max(deepest, ++depth);
            } else if (c == '}' || c == ']') {
                depth--;
            }
        }
        return deepest;
    }
}
