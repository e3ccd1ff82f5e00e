package net.hybridgateway.lab.net;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A wire with rate, delay, loss and buffer between a TAP device in each of two namespaces: one vde_switch for each end,
 * joined by one wirefilter.
 *
 * <p>The wirefilter is attached to the switches' sockets itself ({@code -v}). Joined by pipes ({@code dpipe vde_plug …})
 * it loses the frame boundaries under load and delivers garbage that TCP's checksum does not always catch. With
 * {@code --nofifo} it reorders frames of the same millisecond, and a REMOVE_ADDR that comes behind later data is dropped by
 * the kernel's TCP as old.
 */
final class Wire {
    private static final Duration START = Duration.ofSeconds(30);
    private static final String PROMPT = "VDEwf$ ";
    private static final String SUCCESS = "1000 Success";

    private final Path management;

    private Wire(Path management) {
        this.management = management;
    }

    /** Left is the gateway's side: left to right is up. The devices exist when this returns. */
    static Wire between(Node left, String leftTap, Node right, String rightTap, Path folder, LineShape shape) {
        Path leftSwitch = switchWithTap(left, leftTap, folder.resolve(rightTap + "-left"));
        Path rightSwitch = switchWithTap(right, rightTap, folder.resolve(rightTap + "-right"));
        Path management = folder.resolve(rightTap + ".wire");
        Wire wire = new Wire(management);
        String ends = leftSwitch + ":" + rightSwitch;
        runUrgently(left, "wirefilter", "--vde-plug", ends, "--mgmt", management.toString(), "--daemon");
        if (!Pause.until(START, () -> isListenedTo(left, management))) {
            throw new LabException("wirefilter did not start");
        }
        wire.shape(shape);
        return wire;
    }

    private static Path switchWithTap(Node node, String tap, Path control) {
        // Datagram sockets carry the frames; the default of ten waiting datagrams would drop bursts before the wire
        // does.
        node.sysctl("net.unix.max_dgram_qlen=1000");
        runUrgently(node, "vde_switch", "--sock", control.toString(), "--tap", tap, "--daemon");
        if (!Pause.until(START, () -> isListenedTo(node, control.resolve("ctl")))) {
            throw new LabException("vde_switch did not start in " + node);
        }
        return control;
    }

    /**
     * Whether the socket can be connected to. The file is there a moment before that; whether somebody listens, the kernel
     * says (proc_pid_net(5), net/unix: the flag __SO_ACCEPTCON).
     */
    private static boolean isListenedTo(Node node, Path socket) {
        String listening = " 00010000 ";
        return node.call(() -> Files.readAllLines(Path.of("/proc/thread-self/net/unix"))).stream()
                .anyMatch(line -> line.contains(listening) && line.endsWith(" " + socket));
    }

    /**
     * A real line does not wait for a processor: without priority, the programs under test and the wire take each other's time,
     * and the wire drops what it has no time to read.
     */
    private static void runUrgently(Node node, String... program) {
        List<String> command = new ArrayList<>(List.of("nice", "-n", "-10"));
        command.addAll(List.of(program));
        node.run(command.toArray(String[]::new));
    }

    /** Changes what the wire does, at once; frames under way keep their time. */
    void shape(LineShape shape) {
        List<String> commands = settings(shape);
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(management));
            readToPrompt(channel);
            for (String command : commands) {
                channel.write(ByteBuffer.wrap((command + "\n").getBytes(StandardCharsets.US_ASCII)));
                String answer = readToPrompt(channel);
                if (!answer.contains(SUCCESS)) {
                    throw new LabException("wirefilter refused \"" + command + "\": " + answer.strip());
                }
            }
        } catch (IOException e) {
            throw new LabException("cannot talk to the wirefilter at " + management + ": " + e.getMessage(), e);
        }
    }

    private static List<String> settings(LineShape shape) {
        List<String> commands = new ArrayList<>();
        commands.add(String.format(Locale.ROOT, "delay %.3f", shape.rttMillis() / 2));
        commands.add(String.format(Locale.ROOT, "loss %.4f", shape.lossPercent()));
        commands.addAll(direction("LR", shape.upBitsPerSecond(), shape));
        commands.addAll(direction("RL", shape.downBitsPerSecond(), shape));
        return commands;
    }

    private static List<String> direction(String direction, long bitsPerSecond, LineShape shape) {
        return List.of(
                "bandwidth " + direction + " " + bitsPerSecond / 8,
                "chanbufsize " + direction + " " + LineShape.bufferBytes(bitsPerSecond, shape.rttMillis()));
    }

    private static String readToPrompt(SocketChannel channel) throws IOException {
        StringBuilder text = new StringBuilder();
        ByteBuffer buffer = ByteBuffer.allocate(4096);
        while (text.indexOf(PROMPT) < 0) {
            buffer.clear();
            if (channel.read(buffer) < 0) {
                throw new IOException("it hung up after \"" + text.toString().strip() + "\"");
            }
            text.append(StandardCharsets.US_ASCII.decode(buffer.flip()));
        }
        return text.toString();
    }
}
