package net.hybridgateway.lab.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import net.hybridgateway.lab.net.Access;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.HousePlan;
import net.hybridgateway.lab.net.LabException;
import net.hybridgateway.lab.net.Pause;
import net.hybridgateway.lab.product.ConversionPoint;
import net.hybridgateway.lab.product.Gateway;
import net.hybridgateway.lab.traffic.ProgressLog;
import net.hybridgateway.lab.web.WebServer;

/**
 * {@code ./dev demo}: the whole story, from the lines alone to the report. The system property {@code lab.terminal} says
 * that standard output is a terminal.
 */
public final class Demo {
    static final String ALWAYS = "always";
    static final String ON_DEMAND = "on-demand";

    // A rate is the mean without the first two seconds, in which TCP still looks for it.
    private static final long WARM_UP_NANOS = 2_000_000_000L;
    private static final double ALONE_SECONDS = 8;
    private static final double BONDED_SECONDS = 12;
    private static final double BEFORE_CUT_SECONDS = 5;
    private static final double CUT_SECONDS = 6;
    private static final double AFTER_MEND_SECONDS = 20;
    // TCP payload in Ethernet frames of 1,514 bytes.
    private static final double PAYLOAD_SHARE = 1448.0 / 1514;
    private static final Duration AFTERWARDS = Duration.ofSeconds(2);

    private static final long KEPT_DOWNLOAD_BYTES = 20_000_000;

    private final DemoOptions options;
    private final Screen screen;
    private final House house;

    private Demo(DemoOptions options, Screen screen, House house) {
        this.options = options;
        this.screen = screen;
        this.house = house;
    }

    /**
     * Exits with 0 if every byte arrived as it should, 1 if not or if the lab can't be built, 2 for a wrong command line.
     *
     * @param arguments see {@link DemoOptions#USAGE}
     */
    public static void main(String[] arguments) {
        List<String> words = Arrays.asList(arguments);
        if (words.contains("--help")) {
            System.out.print(DemoOptions.USAGE);
            return;
        }
        System.exit(run(words));
    }

    private static int run(List<String> words) {
        DemoOptions options;
        try {
            options = DemoOptions.parse(words);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return 2;
        }
        double fullScale =
                options.fixed().downBitsPerSecond() + options.cellular().downBitsPerSecond();
        Screen screen = new Screen(System.out, Boolean.getBoolean("lab.terminal"), fullScale);
        try {
            screen.step("Building a house: fixed " + options.fixed() + "; cellular " + options.cellular());
            try (House house = House.build(HousePlan.shaped(options.fixed(), options.cellular()))) {
                Figures figures = new Demo(options, screen, house).measure();
                write(options, figures, screen);
                if (options.keep()) {
                    keep(house, screen);
                }
                return figures.isGood() ? 0 : 1;
            }
        } catch (LabException | IOException e) {
            System.err.println(e.getMessage());
            return 1;
        }
    }

    private Figures measure() throws IOException {
        try (WebServer web = house.web().call(() -> WebServer.listen(TimedDownload.WEB_PORT))) {
            screen.say("web server on port " + web.port() + ", logs in "
                    + house.run().logs());
            screen.step("Each line alone, plain TCP, without the gateway's program");
            double fixed = alone(Access.FIXED, options.fixed().downBitsPerSecond());
            double cellular = alone(Access.CELLULAR, options.cellular().downBitsPerSecond());
            try (ConversionPoint conversionPoint = ConversionPoint.start(house)) {
                screen.say("conversion point runs as process "
                        + conversionPoint.process().pid());
                return withGateway(fixed, cellular);
            }
        }
    }

    private Figures withGateway(double fixed, double cellular) {
        double bonded;
        boolean exact;
        List<Outage> outages = new ArrayList<>();
        List<Told> told;
        try (Gateway gateway = Gateway.start(house, Gateway.configuration(ALWAYS))) {
            screen.say("gateway runs as process " + gateway.process().pid());
            screen.step("One download over both lines, through the gateway (cellular use '" + ALWAYS + "')");
            TimedDownload download = downloadWithPicture((long) (BONDED_SECONDS * (fixed + cellular) / 8));
            bonded = rate(download.progress());
            exact = download.isExact();
            screen.say(Figures.megabits(bonded) + ", " + Figures.sameOrNot(exact));
            outages.add(outage(ALWAYS, fixed + cellular, cellular));
        }
        try (Operator operator = Operator.start(house);
                Gateway gateway = Gateway.start(house, Gateway.configuration(ON_DEMAND) + operator.configuration())) {
            screen.say("gateway runs anew as process " + gateway.process().pid() + ", managed over MQTT");
            operator.awaitGateway();
            Outage outage = outage(ON_DEMAND, fixed, cellular);
            outages.add(outage);
            told = operator.toldSince(outage.cutNanos());
        }
        return new Figures(options, fixed, cellular, bonded, exact, outages, told);
    }

    private double alone(Access access, long bitsPerSecond) {
        String route = House.webIpv4() + " via " + access.routerIpv4() + " dev " + access.device();
        house.gateway().ip("route add " + route);
        TimedDownload download = downloadWithPicture((long) (ALONE_SECONDS * bitsPerSecond * PAYLOAD_SHARE / 8));
        house.gateway().ip("route del " + route);
        double rate = rate(download.progress());
        screen.say(access.line() + ": " + Figures.megabits(rate));
        return rate;
    }

    private TimedDownload downloadWithPicture(long bytes) {
        TimedDownload download = TimedDownload.start(house, bytes);
        UplinkSampler sampler = UplinkSampler.start(house, screen::rates);
        try {
            download.awaitEnd().ifPresent(death -> screen.say("the download died: " + death));
            return download;
        } finally {
            sampler.close();
        }
    }

    private static double rate(ProgressLog progress) {
        return progress.bitsPerSecond(progress.startNanos() + WARM_UP_NANOS, progress.endNanos());
    }

    private Outage outage(String cellularUse, double rateBefore, double rateDuring) {
        screen.step("A download while the fixed line breaks ("
                + options.cut().name().toLowerCase(Locale.ROOT) + ") and comes back, cellular use '" + cellularUse
                + "'");
        long bytes = (long) (((BEFORE_CUT_SECONDS + AFTER_MEND_SECONDS) * rateBefore + CUT_SECONDS * rateDuring) / 8);
        try (UplinkSampler sampler = UplinkSampler.start(house, screen::rates)) {
            TimedDownload download = TimedDownload.start(house, bytes);
            Pause.of(seconds(BEFORE_CUT_SECONDS));
            long cut = System.nanoTime();
            house.fixed().cut(options.cut());
            screen.say("fixed line cut");
            Pause.of(seconds(CUT_SECONDS));
            long mend = System.nanoTime();
            house.fixed().mend();
            screen.say("fixed line mended");
            Optional<String> death = download.awaitEnd();
            Pause.of(AFTERWARDS);
            ProgressLog progress = download.progress();
            Outage outage = new Outage(
                    cellularUse,
                    bytes,
                    download.received(),
                    death.isEmpty() && download.isExact(),
                    death,
                    progress.startNanos(),
                    cut,
                    mend,
                    progress.endNanos(),
                    progress.longestGapNanos(cut, mend),
                    sampler.samples());
            screen.say(outage.gapText() + ", " + Figures.sameOrNot(outage.exact()));
            return outage;
        }
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }

    private static void write(DemoOptions options, Figures figures, Screen screen) throws IOException {
        screen.step("Result");
        System.out.print(figures.toTable());
        write(options.figure(), RateChart.document(figures));
        write(options.report(), HtmlReport.of(figures));
        screen.say("report: " + options.report().toAbsolutePath());
        if (options.json().isPresent()) {
            write(options.json().get(), figures.toJson());
        }
    }

    private static void write(Path file, String text) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.writeString(file, text);
    }

    /** What was measured goes on at a gentler pace, with the page to look at it. */
    private static void keep(House house, Screen screen) throws IOException {
        try (WebServer web = house.web().call(() -> WebServer.listen(TimedDownload.WEB_PORT));
                ConversionPoint conversionPoint = ConversionPoint.start(house);
                PageDoor door = PageDoor.open(house.gateway());
                Operator operator = Operator.start(house);
                Gateway gateway = Gateway.start(
                        house, Gateway.configuration(ON_DEMAND) + door.configuration() + operator.configuration())) {
            screen.step("The network stays until Ctrl-C, with a download now and then");
            screen.say("the gateway's page: http://127.0.0.1:" + door.port());
            screen.say("what it tells over MQTT: " + operator.listening());
            screen.say("to break the fixed line, and mend it: sudo ip netns exec "
                    + house.fixed().node() + " ip link set home down (up)");
            screen.say("a shell in each part of the network:");
            house.shells().forEach(screen::say);
            while (gateway.process().isAlive() && conversionPoint.process().isAlive() && web.port() != 0) {
                TimedDownload.start(house, KEPT_DOWNLOAD_BYTES).awaitEnd();
                Pause.of(AFTERWARDS);
            }
        }
    }
}
