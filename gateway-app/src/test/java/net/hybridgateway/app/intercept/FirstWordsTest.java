package net.hybridgateway.app.intercept;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FirstWordsTest {
    @ParameterizedTest(name = "\"{0}\": {1}")
    @CsvSource({
        "'',                                            false",
        "G,                                             false",
        "GET / HTTP/1.1|Host: a||,                      true",
        "GET / HTTP/1.1|Host: a,                        true",
        "HEAD / HTTP/1.1|Host: a||,                     true",
        "OPTIONS / HTTP/1.1|Host: a||,                  true",
        "GETS / HTTP/1.1|Host: a||,                     false",
        "POST / HTTP/1.1|Host: a||,                     false",
        "PUT / HTTP/1.1|Host: a||,                      false",
        "get / HTTP/1.1|Host: a||,                      false",
        "GET / HTTP/1.1|Content-Length: 1||x,           false",
        "GET / HTTP/1.1|Host: a||POST / HTTP/1.1|,      false",
        "SSH-2.0-OpenSSH_9.2|,                          false",
    })
    void repeatsSafeHttpRequestsOnly(String said, boolean safe) {
        ByteBuf bytes = Unpooled.copiedBuffer(said.replace("|", "\r\n"), StandardCharsets.US_ASCII);

        assertEquals(safe, FirstWords.mayBeSaidTwice(bytes));
    }

    @ParameterizedTest(name = "{1}: {2}")
    @CsvSource({
        "'22,3,1,0,4,1,0,0,0',             a ClientHello,                        true",
        "'22,3,1,0,9,1,0,0,0',             the beginning of one,                 true",
        "'22,3,1,0,9',                     not even its type,                    false",
        "'22,3,1,0,4,2,0,0,0',             a ServerHello,                        false",
        "'22,2,1,0,4,1,0,0,0',             another protocol,                     false",
        "'23,3,3,0,4,1,0,0,0',             application data,                     false",
        "'22,3,1,0,4,1,0,0,0,23,3,3,0,1,7', a ClientHello with early data,       false",
    })
    void repeatsAClientHelloAlone(String said, String what, boolean safe) {
        String[] numbers = said.split(",", -1);
        ByteBuf bytes = Unpooled.buffer();
        for (String number : numbers) {
            bytes.writeByte(Integer.parseInt(number));
        }

        assertEquals(safe, FirstWords.mayBeSaidTwice(bytes), what);
    }
}
