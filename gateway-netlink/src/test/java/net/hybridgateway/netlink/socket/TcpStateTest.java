package net.hybridgateway.netlink.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TcpStateTest {
    @ParameterizedTest
    @EnumSource(TcpState.class)
    void isFoundByItsNumber(TcpState state) {
        assertEquals(state, TcpState.of(state.number()));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 13, 255})
    void otherNumbersAreUnknown(int number) {
        assertEquals(TcpState.UNKNOWN, TcpState.of(number));
    }

    @Test
    void hasTheNumbersOfTheKernel() { // include/net/tcp_states.h, which is no header for programs
        assertEquals(TcpState.ESTABLISHED, TcpState.of(1));
        assertEquals(TcpState.CLOSED, TcpState.of(7));
        assertEquals(TcpState.LISTEN, TcpState.of(10));
    }
}
