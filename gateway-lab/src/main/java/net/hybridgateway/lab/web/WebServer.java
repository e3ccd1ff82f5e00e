package net.hybridgateway.lab.web;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The lab's web server: one thread for each connection, HTTP/1.1 with persistent connections, a head and its short body
 * in one write (so that no delayed acknowledgement shows up in measurements).
 */
public final class WebServer implements AutoCloseable {
    /** Begins the line in which each answer's head tells whom the server takes for its client. */
    public static final String PEER = HttpConnection.PEER;

    private static final int BACKLOG = 1024;

    private final ServerSocket listener;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "web");
        thread.setDaemon(true);
        return thread;
    });

    private WebServer(ServerSocket listener) {
        this.listener = listener;
    }

    /** Listens on all addresses, IPv4 and IPv6; port 0 takes a free one. */
    public static WebServer listen(int port) throws IOException {
        ServerSocket listener = new ServerSocket();
        listener.setReuseAddress(true);
        listener.bind(new InetSocketAddress(port), BACKLOG);
        WebServer server = new WebServer(listener);
        server.threads.execute(server::acceptAll);
        return server;
    }

    public int port() {
        return listener.getLocalPort();
    }

    private void acceptAll() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                threads.execute(() -> serve(socket));
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    System.err.println("accept: " + e.getMessage());
                }
            }
        }
    }

    private static void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            String peer = socket.getInetAddress().getHostAddress();
            new HttpConnection(socket.getInputStream(), socket.getOutputStream(), peer).serveAll();
        } catch (IOException e) {
            // Clients of the lab hang up and break lines on purpose; the client's side is where that is judged.
            System.err.println(socket.getRemoteSocketAddress() + ": " + e.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        threads.shutdownNow();
    }

    /**
     * Serves until it is killed.
     *
     * @param arguments the port
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (WebServer server = listen(Integer.parseInt(arguments[0]))) {
            System.out.println("web server listening on port " + server.port());
            Thread.currentThread().join();
        }
    }
}
