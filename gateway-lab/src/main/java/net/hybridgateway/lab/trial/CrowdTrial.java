package net.hybridgateway.lab.trial;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import net.hybridgateway.lab.measure.Figure;
import net.hybridgateway.lab.measure.Percentiles;
import net.hybridgateway.lab.net.Access;
import net.hybridgateway.lab.net.BreakCase;
import net.hybridgateway.lab.net.HousePlan;
import net.hybridgateway.lab.net.LabException;
import net.hybridgateway.lab.net.LineShape;
import net.hybridgateway.lab.net.Pause;

/**
 * Many live connections when the fixed line loses its carrier: each sends a short message 5 times a second. When is a
 * message that was sent after the break answered, on each of them? So up to 0.2 s of each figure is the wait for the host's
 * next message. And how many SYNs does the gateway send at a time over cellular meanwhile?
 *
 * @param connections how many
 */
public record CrowdTrial(int connections) implements Trial {
    private static final LineShape FIXED = LineShape.of(100, 20);
    private static final LineShape CELLULAR = LineShape.of(50, 50);
    private static final int PORT = 9400;
    private static final Duration MESSAGE_PERIOD = Duration.ofMillis(200);
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration LIVES = Duration.ofSeconds(4);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final double SHARE = 0.99;
    private static final double SECONDS = 1.0;

    @Override
    public TrialResult run() throws IOException {
        try (Ground ground = Ground.lay(
                        HousePlan.shaped(FIXED, CELLULAR),
                        GroundConfig.of("on-demand").text());
                CrowdServer server = CrowdServer.listen(ground.house().web(), PORT);
                Crowd crowd = Crowd.gather(ground.house().lanHost(0), server.port(), connections, MESSAGE_PERIOD);
                SynWatch syns = SynWatch.start(ground.house().gateway(), Access.CELLULAR)) {
            if (!Pause.until(START, () -> crowd.count(Voice::isAnswered) >= SHARE * connections)) {
                throw new LabException("the crowd is not answered");
            }
            int bonded = new GatewayView(ground.gateway()).bonded();
            // They live for a while: neither their opening nor that question is what is measured.
            Pause.of(LIVES);
            long cut = System.nanoTime();
            BreakCase.CARRIER.happen(ground.house());
            crowd.markBreak();
            Pause.until(
                    PATIENCE,
                    () -> crowd.count(voice -> voice.againNanos().isPresent()
                                    || voice.failure().isPresent())
                            == connections);
            Percentiles again = Percentiles.of(crowd.secondsUntilAgain(cut));
            int lost = crowd.count(voice -> voice.failure().isPresent());
            int hanging = crowd.count(
                    voice -> voice.againNanos().isEmpty() && voice.failure().isEmpty());
            ground.checkAlive();
            return result(ground, bonded, again, lost, hanging, syns.moments());
        }
    }

    private TrialResult result(Ground ground, int bonded, Percentiles again, int lost, int hanging, List<Double> syns) {
        return new TrialResult(
                "thousand",
                List.of(
                        Figure.told("live connections", connections, ""),
                        Figure.atMost("of these without Multipath TCP", connections - bonded, "", 0),
                        Figure.atMost("connections lost", lost, "", 0),
                        Figure.atMost("connections neither lost nor going on", hanging, "", 0),
                        Figure.told("50 % go on after", again.at(50), "s"),
                        Figure.told("90 % go on after", again.at(90), "s"),
                        Figure.atMost(
                                String.format(Locale.ROOT, "%.0f %% go on after", 100 * SHARE),
                                again.at(100 * SHARE),
                                "s",
                                SECONDS),
                        Figure.told("all go on after", again.at(100), "s"),
                        Figure.told("SYNs over cellular", syns.size(), ""),
                        Figure.told("sent within", SynWatch.spanSeconds(syns), "s"),
                        Figure.told("most of them in 10 ms", SynWatch.mostInTenMillis(syns), "")),
                List.of(),
                ground.house().run().logs());
    }
}
