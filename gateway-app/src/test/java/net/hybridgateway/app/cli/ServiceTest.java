package net.hybridgateway.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class ServiceTest {
    @Test
    void namesAFailureThatHasNoMessage() {
        CommandFailedException failed = assertThrows(
                CommandFailedException.class,
                () -> Service.run(
                        () -> {
                            throw new CompletionException(new TimeoutException());
                        },
                        System.out,
                        "ready"));

        assertEquals("java.util.concurrent.TimeoutException", failed.getMessage());
    }
}
