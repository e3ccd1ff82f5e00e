package net.hybridgateway.lab.gateway;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import net.hybridgateway.lab.net.LabException;
import net.hybridgateway.lab.product.Gateway;

/** Speaks to a gateway's control socket as any program may, one connection for each request. */
final class ControlSocket {
    private static final int PART_BYTES = 1 << 16;

    private ControlSocket() {}

    /**
     * The whole response.
     *
     * @param request JSON, with single quotes instead of double ones, on however many lines
     */
    static JsonObject ask(Gateway gateway, String request) {
        return ask(gateway.runDir().resolve("control.sock"), request);
    }

    /** The same of a gateway that something else started. */
    static JsonObject ask(Path socket, String request) {
        String line = request.replace('\'', '"').replace('\n', ' ') + "\n";
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            ByteBuffer part = ByteBuffer.allocate(PART_BYTES);
            do {
                part.clear();
                if (channel.read(part) < 0) {
                    throw new LabException("the gateway broke off");
                }
                answer.write(part.array(), 0, part.position());
            } while (part.get(part.position() - 1) != '\n');
            return JsonParser.object().from(answer.toString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new LabException("the control socket: " + e.getMessage(), e);
        } catch (JsonParserException e) {
            throw new LabException("not JSON: " + e.getMessage(), e);
        }
    }

    /** The result of a request that succeeds. */
    static JsonObject result(Gateway gateway, String request) {
        JsonObject response = ask(gateway, request);
        if (!response.getBoolean("ok")) {
            throw new LabException(request + ": " + response.getString("error"));
        }
        return response.getObject("result");
    }
}
