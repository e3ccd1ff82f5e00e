package net.hybridgateway.lab.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.hybridgateway.lab.net.Node;

/**
 * Leads a browser on this machine to a page inside the lab: a port of this machine's loopback interface, and the same one
 * of a node's.
 */
final class PageDoor implements AutoCloseable {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    /** That of OpenWrt's packages, if it is free. */
    private static final int USUAL_PORT = 8480;

    private final Node node;
    private final ServerSocket listener;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "page-door");
        thread.setDaemon(true);
        return thread;
    });

    private PageDoor(Node node, ServerSocket listener) {
        this.node = node;
        this.listener = listener;
    }

    /** Opens a door; whether somebody answers behind it is seen with each visit. */
    static PageDoor open(Node node) throws IOException {
        PageDoor door = new PageDoor(node, listen());
        door.threads.execute(door::accept);
        return door;
    }

    private static ServerSocket listen() throws IOException {
        try {
            return new ServerSocket(USUAL_PORT, 0, LOOPBACK);
        } catch (IOException e) {
            return new ServerSocket(0, 0, LOOPBACK);
        }
    }

    /** On both sides. */
    int port() {
        return listener.getLocalPort();
    }

    /** The section that lets a gateway on that node serve its page here. */
    String configuration() {
        return "config web 'web'\n    list listen '127.0.0.1:" + port() + "'\n";
    }

    private void accept() {
        try {
            while (true) {
                Socket visitor = listener.accept();
                threads.execute(() -> lead(visitor));
            }
        } catch (IOException e) {
            // It was closed.
        }
    }

    private void lead(Socket visitor) {
        try (visitor;
                SocketChannel inside = node.call(SocketChannel::open)) {
            inside.connect(new InetSocketAddress(LOOPBACK, port()));
            Future<Void> answers = threads.submit(() -> pass(inside.socket(), visitor));
            pass(visitor, inside.socket());
            answers.get();
        } catch (Exception e) {
            // One of the two has gone, and so does the other; a browser asks again.
        }
    }

    private static Void pass(Socket from, Socket to) throws IOException {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } finally {
            if (!to.isClosed()) {
                to.shutdownOutput();
            }
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        threads.shutdownNow();
    }
}
