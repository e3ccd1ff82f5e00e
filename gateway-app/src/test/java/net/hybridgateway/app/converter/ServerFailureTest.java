package net.hybridgateway.app.converter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.stream.Stream;
import net.hybridgateway.app.convert.ErrorTlv;
import net.hybridgateway.netlink.ffi.Errno;
import net.hybridgateway.netlink.ffi.ErrnoException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ServerFailureTest {
    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(Errno.ECONNREFUSED, ErrorTlv.connectionReset()),
                Arguments.of(Errno.ECONNRESET, ErrorTlv.connectionReset()),
                Arguments.of(Errno.EPIPE, ErrorTlv.connectionReset()),
                Arguments.of(Errno.ENETUNREACH, ErrorTlv.destinationUnreachable(0)),
                Arguments.of(Errno.EHOSTUNREACH, ErrorTlv.destinationUnreachable(1)),
                Arguments.of(Errno.ETIMEDOUT, ErrorTlv.destinationUnreachable(1)),
                Arguments.of(Errno.EACCES, ErrorTlv.destinationUnreachable(13)),
                Arguments.of(Errno.EPERM, ErrorTlv.destinationUnreachable(13)),
                Arguments.of(Errno.EMFILE, ErrorTlv.resourceExceeded(5)),
                Arguments.of(Errno.EADDRNOTAVAIL, ErrorTlv.resourceExceeded(5)),
                Arguments.of(Errno.ENOBUFS, ErrorTlv.resourceExceeded(5)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    void tellsTheClientWhatTheServerDid(Errno errno, ErrorTlv expected) {
        assertEquals(expected, ServerFailure.toError(new ErrnoException("connect", errno, "")));
    }

    @Test
    void takesAFailureWithoutANumberForAnUnreachableHost() {
        assertEquals(ErrorTlv.destinationUnreachable(1), ServerFailure.toError(new IOException("cannot watch")));
    }
}
