package net.hybridgateway.lab.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Random;

/**
 * What two hosts say to each other on one connection and how they part, drawn from its number: both ends know it without
 * another word.
 */
final class Conversation {
    private static final int MOST_BYTES = 300_000;

    /** How they part. */
    private enum Ending {
        /** The client says all it has and ends its stream; then the server speaks. */
        CLIENT_ENDS_FIRST,
        /** The server says all it has and ends its stream; then the client speaks. */
        SERVER_ENDS_FIRST,
        /** The client resets the connection in the middle of what the server says. */
        CLIENT_RESETS,
        /** The server resets the connection in the middle of what the client says. */
        SERVER_RESETS
    }

    private final int number;
    private final Ending ending;
    private final int clientBytes;
    private final int serverBytes;
    private final int resetAfterBytes;
    private final KnownStream fromClient;
    private final KnownStream fromServer;

    Conversation(int number) {
        Random random = new Random(number);
        this.number = number;
        this.ending = Ending.values()[random.nextInt(Ending.values().length)];
        this.clientBytes = size(random);
        // A client that resets has heard a byte at least, so the server knows which conversation this was.
        this.serverBytes = Math.max(ending == Ending.CLIENT_RESETS ? 1 : 0, size(random));
        this.resetAfterBytes =
                ending == Ending.CLIENT_RESETS ? 1 + random.nextInt(serverBytes) : random.nextInt(1 + clientBytes);
        this.fromClient = new KnownStream(2L * number);
        this.fromServer = new KnownStream(2L * number + 1);
    }

    /** Nothing at all, now and then. */
    private static int size(Random random) {
        return random.nextInt(10) == 0 ? 0 : random.nextInt(MOST_BYTES + 1);
    }

    int number() {
        return number;
    }

    /** What {@link #asClient} gives if all goes well. */
    String clientShallSee() {
        return switch (ending) {
            case CLIENT_ENDS_FIRST, SERVER_ENDS_FIRST -> serverBytes + " bytes, end";
            case CLIENT_RESETS -> resetAfterBytes + " bytes";
            case SERVER_RESETS -> "reset";
        };
    }

    /** What {@link #asServer} gives if all goes well. */
    String serverShallSee() {
        return switch (ending) {
            case CLIENT_ENDS_FIRST, SERVER_ENDS_FIRST -> clientBytes + " bytes, end";
            case CLIENT_RESETS -> "reset";
            case SERVER_RESETS -> resetAfterBytes + " bytes";
        };
    }

    /** The client's part, after the number was sent; gives what the client saw. */
    String asClient(Socket socket) throws IOException {
        return switch (ending) {
            case CLIENT_ENDS_FIRST -> {
                fromClient.write(socket.getOutputStream(), clientBytes);
                socket.shutdownOutput();
                yield fromServer.readToEnd(socket.getInputStream()) + " bytes, end";
            }
            case SERVER_ENDS_FIRST -> {
                long count = fromServer.readToEnd(socket.getInputStream());
                fromClient.write(socket.getOutputStream(), clientBytes);
                yield count + " bytes, end";
            }
            case CLIENT_RESETS -> readAndReset(socket, fromServer);
            case SERVER_RESETS -> writeUntilReset(socket, fromClient, clientBytes);
        };
    }

    /** The server's part, after the number was read; gives what the server saw. */
    String asServer(Socket socket) throws IOException {
        return switch (ending) {
            case CLIENT_ENDS_FIRST -> {
                long count = fromClient.readToEnd(socket.getInputStream());
                fromServer.write(socket.getOutputStream(), serverBytes);
                yield count + " bytes, end";
            }
            case SERVER_ENDS_FIRST -> {
                fromServer.write(socket.getOutputStream(), serverBytes);
                socket.shutdownOutput();
                yield fromClient.readToEnd(socket.getInputStream()) + " bytes, end";
            }
            case CLIENT_RESETS -> writeUntilReset(socket, fromServer, serverBytes);
            case SERVER_RESETS -> readAndReset(socket, fromClient);
        };
    }

    private String readAndReset(Socket socket, KnownStream stream) throws IOException {
        long count = stream.read(socket.getInputStream(), resetAfterBytes);
        socket.setSoLinger(true, 0);
        socket.close();
        return count + " bytes";
    }

    private static String writeUntilReset(Socket socket, KnownStream stream, int length) throws IOException {
        try {
            stream.write(socket.getOutputStream(), length);
            InputStream in = socket.getInputStream();
            return in.read() < 0 ? "end" : "a byte";
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            // "Connection reset" or "Broken pipe", as the moment has it.
            return "reset";
        }
    }

    @Override
    public String toString() {
        return "connection " + number + " (" + ending + ", " + clientBytes + " up, " + serverBytes
                + " down, reset after " + resetAfterBytes + ")";
    }
}
