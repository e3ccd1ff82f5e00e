package net.hybridgateway.mgmt.control;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import com.grack.nanojson.JsonWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The table of commands, and the one place where a request becomes a response: whichever way a request comes in, the same
 * commands answer it.
 */
public final class ControlCommands {
    private static final String COMMAND = "command";
    private static final String FORMAT = "format";
    private static final int MAX_QUOTED_CHARS = 40;

    /** Requests need four. */
    private static final int MAX_DEPTH = 16;

    private final Map<String, ControlCommand> commands = new TreeMap<>();

    /** Throws {@link IllegalArgumentException} if two commands have the same name. */
    public ControlCommands(List<ControlCommand> commands) {
        for (ControlCommand command : commands) {
            if (this.commands.put(command.name(), command) != null) {
                throw new IllegalArgumentException("two commands named " + command.name());
            }
        }
    }

    /**
     * Answers one request. Never throws and never gives more than one line: a request that is refused or fails has a
     * response, too. One request at a time, whoever asks: handlers need not know how many faces there are.
     *
     * @param request one JSON text, without line feed
     * @return one JSON text, without line feed
     */
    public synchronized String answer(String request) {
        try {
            return result(carryOut(parse(request)));
        } catch (CommandException e) {
            return error(e.getMessage(), e.fields());
        } catch (RuntimeException e) {
            // A bug of a handler must not end the thread that serves all others.
            return error("internal error: " + e);
        }
    }

    /** The response of a request that is refused before it is read. */
    static String error(String message) {
        return error(message, List.of());
    }

    private static String error(String message, List<FieldProblem> fields) {
        JsonObject response = new JsonObject();
        response.put("ok", false);
        response.put("error", message);
        if (!fields.isEmpty()) {
            response.put(
                    "fields",
                    new JsonArray(fields.stream().map(FieldProblem::json).toList()));
        }
        return JsonWriter.string(response);
    }

    private static String result(Object value) {
        JsonObject response = new JsonObject();
        response.put("ok", true);
        response.put("result", value);
        return JsonWriter.string(response);
    }

    private static JsonObject parse(String request) throws CommandException {
        if (JsonDepth.of(request) > MAX_DEPTH) {
            throw new CommandException("a request is nested at most " + MAX_DEPTH + " deep");
        }
        try {
            return JsonParser.object().from(request);
        } catch (JsonParserException e) {
            throw new CommandException("a request is one JSON object on one line: " + e.getMessage());
        }
    }

    private Object carryOut(JsonObject request) throws CommandException {
        if (!(request.remove(COMMAND) instanceof String name)) {
            throw new CommandException("a request needs a member \"command\" with a string");
        }
        ControlCommand command = commands.get(name);
        if (command == null) {
            throw new CommandException(
                    "unknown command " + quoted(name) + ": known are " + String.join(", ", commands.keySet()));
        }
        boolean text = textWanted(request.remove(FORMAT));
        CommandArguments arguments = new CommandArguments(request);
        for (String argument : arguments.names()) {
            if (!command.arguments().contains(argument)) {
                throw new CommandException("command '" + name + "' takes no argument " + quoted(argument));
            }
        }
        CommandResult result = command.handler().handle(arguments);
        return text ? result.text().get() : result.json();
    }

    private static boolean textWanted(Object format) throws CommandException {
        if (format == null || "json".equals(format)) {
            return false;
        } else if ("text".equals(format)) {
            return true;
        }
        throw new CommandException("\"format\" is \"json\" or \"text\"");
    }

    private static String quoted(String text) {
        return text.length() <= MAX_QUOTED_CHARS
                ? "'" + text + "'"
                : "'" + text.substring(0, MAX_QUOTED_CHARS) + "...'";
    }
}
