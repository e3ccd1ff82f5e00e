package net.hybridgateway.netlink.ffi;

import com.kenai.jffi.CallContext;
import com.kenai.jffi.CallingConvention;
import com.kenai.jffi.Invoker;
import com.kenai.jffi.LastError;
import com.kenai.jffi.Library;
import com.kenai.jffi.Type;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * One function of the C library that returns -1 and sets errno when it fails. Integers and pointers are passed as long;
 * jffi narrows them to the declared types.
 */
final class NativeFunction {
    static final Type INT = Type.SINT32;
    static final Type POINTER = Type.POINTER;
    static final Type SIZE = Type.ULONG;

    private static final Invoker INVOKER = Invoker.getInstance();
    private static final LastError LAST_ERROR = LastError.getInstance();

    private final String name;
    private final long symbol;
    private final CallContext context;

    private NativeFunction(String name, Type returned, Type... parameters) {
        this.name = name;
        this.symbol = CLibrary.symbol(name);
        this.context = CallContext.getCallContext(returned, parameters, CallingConvention.DEFAULT, true);
    }

    /** A function that returns int. */
    static NativeFunction returningInt(String name, Type... parameters) {
        return new NativeFunction(name, Type.SINT32, parameters);
    }

    /** A function that returns ssize_t. */
    static NativeFunction returningSize(String name, Type... parameters) {
        return new NativeFunction(name, Type.SLONG, parameters);
    }

    String name() {
        return name;
    }

    int call() {
        return resultOrErrno(INVOKER.invokeN0(context, symbol));
    }

    int call(long a) {
        return resultOrErrno(INVOKER.invokeN1(context, symbol, a));
    }

    int call(long a, long b) {
        return resultOrErrno(INVOKER.invokeN2(context, symbol, a, b));
    }

    int call(long a, long b, long c) {
        return resultOrErrno(INVOKER.invokeN3(context, symbol, a, b, c));
    }

    int call(long a, long b, long c, long d) {
        return resultOrErrno(INVOKER.invokeN4(context, symbol, a, b, c, d));
    }

    int call(long a, long b, long c, long d, long e) {
        return resultOrErrno(INVOKER.invokeN5(context, symbol, a, b, c, d, e));
    }

    int call(long a, long b, long c, long d, long e, long f) {
        return resultOrErrno(INVOKER.invokeN6(context, symbol, a, b, c, d, e, f));
    }

    /** The cast is safe: no length that we pass exceeds an int, and no call returns more than it was given room for. */
    private static int resultOrErrno(long returned) {
        int result = (int) returned;
        return result == -1 ? -LAST_ERROR.get() : result;
    }

    /** Where the C library is: glibc by its name, musl as OpenWrt names it, else whatever the JVM is linked with. */
    private static final class CLibrary {
        private static final Library LIBRARY = Stream.of("libc.so.6", "libc.so")
                .map(file -> Library.getCachedInstance(file, Library.LAZY | Library.GLOBAL))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseGet(Library::getDefault);

        private CLibrary() {}

        static long symbol(String name) {
            long symbol = LIBRARY.getSymbolAddress(name);
            if (symbol == 0) {
                throw new UnsatisfiedLinkError("the C library has no function " + name);
            }
            return symbol;
        }
    }
}
