package net.hybridgateway.lab.trial;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import net.hybridgateway.lab.measure.Figure;
import net.hybridgateway.lab.net.Access;
import net.hybridgateway.lab.net.HousePlan;
import net.hybridgateway.lab.net.LineShape;
import net.hybridgateway.lab.net.Pause;

/**
 * {@link MixedTraffic} on a healthy fixed line, with cellular {@code on-demand}: not a byte may pass on cellular, counted at
 * its device. (The lab's neighbour entries are permanent, so no ARP is expected either.)
 *
 * @param duration how long
 */
public record QuietTrial(Duration duration) implements Trial {
    private static final LineShape FIXED = LineShape.of(20, 20);
    private static final LineShape CELLULAR = LineShape.of(10, 50);

    @Override
    public TrialResult run() throws IOException {
        try (Ground ground = Ground.lay(
                        HousePlan.shaped(FIXED, CELLULAR),
                        GroundConfig.of("on-demand").text());
                LineMeter cellular = ground.meter(Access.CELLULAR);
                LineMeter fixed = ground.meter(Access.FIXED)) {
            long cellularBefore = cellular.bytes();
            long fixedBefore = fixed.bytes();
            try (MixedTraffic traffic = MixedTraffic.start(ground)) {
                Pause.of(duration);
                MixedTraffic.Outcome outcome = traffic.finish();
                ground.checkAlive();
                return new TrialResult(
                        "quiet",
                        List.of(
                                Figure.told("mixed traffic for", (double) duration.toSeconds(), "s"),
                                Figure.told("connections", outcome.connections(), ""),
                                Figure.told("bytes on the fixed line", (double) (fixed.bytes() - fixedBefore), "B"),
                                Figure.atMost(
                                        "bytes on cellular", (double) (cellular.bytes() - cellularBefore), "B", 0),
                                Figure.atMost(
                                        "connections lost", outcome.losses().size(), "", 0),
                                Figure.told("slowest page", outcome.slowestPageSeconds(), "s")),
                        outcome.losses(),
                        ground.house().run().logs());
            }
        }
    }
}
