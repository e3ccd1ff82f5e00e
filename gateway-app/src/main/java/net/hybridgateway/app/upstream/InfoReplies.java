package net.hybridgateway.app.upstream;

import net.hybridgateway.app.convert.ConvertClientOutcome;
import net.hybridgateway.app.convert.ConvertErrorCode;
import net.hybridgateway.app.convert.ConvertReaction;
import net.hybridgateway.scheduler.ProbeAnswer;

/** What the reply to an Info request (RFC 8803 §6.2.3) says of a conversion point. */
public final class InfoReplies {
    private InfoReplies() {}

    /** Tells the memory. A reply that is not complete says nothing. */
    public static void learn(PathMemory memory, ConvertClientOutcome reply, long nowNanos) {
        if (reply instanceof ConvertClientOutcome.Accepted accepted) {
            memory.probed(ProbeAnswer.CONVERTER, nowNanos);
            accepted.supportedExtensions().ifPresent(list -> memory.learnExtensions(list.kinds(), nowNanos));
        } else if (reply instanceof ConvertClientOutcome.Refused refused) {
            if (refused.reaction() instanceof ConvertReaction.AvoidConverter avoid) {
                memory.pause(ConverterDial.trouble(refused.code()), avoid.delay(), nowNanos);
            } else if (refused.reaction().countsAgainstConverter()
                    && refused.code() != ConvertErrorCode.UNSUPPORTED_MESSAGE) {
                memory.infoRefused(ConverterDial.trouble(refused.code()), nowNanos);
            } else {
                // It wants a cookie, or answers no Info requests: it is there.
                memory.probed(ProbeAnswer.CONVERTER, nowNanos);
            }
        } else if (ConverterDial.isAnotherProtocol(reply)) {
            memory.infoRefused(PointTrouble.NO_CONVERT, nowNanos);
        }
    }
}
