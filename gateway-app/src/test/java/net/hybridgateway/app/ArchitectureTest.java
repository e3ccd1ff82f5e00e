package net.hybridgateway.app;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import net.hybridgateway.netlink.diag.SockDiag;
import net.hybridgateway.scheduler.PolicyEngine;

/** Who may see whom, as DESIGN.md has it, each rule with its reason. */
@AnalyzeClasses(
        packages = "net.hybridgateway",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.NoTestJars.class})
class ArchitectureTest {
    private static final String NETLINK = "net.hybridgateway.netlink..";
    private static final String SCHEDULER = "net.hybridgateway.scheduler..";
    private static final String MGMT = "net.hybridgateway.mgmt..";
    private static final String APP = "net.hybridgateway.app..";

    /** The test support of gateway-netlink comes as a jar, which {@code DoNotIncludeTests} does not recognise. */
    static final class NoTestJars implements ImportOption {
        @Override
        public boolean includes(com.tngtech.archunit.core.importer.Location location) {
            return !location.contains("-tests.jar") && !location.contains("/test-classes/");
        }
    }

    // ---- modules ----------------------------------------------------------------------------------------------------

    private static final Set<String> VALUES_OUTSIDE_JAVA_UTIL = Set.of(
            "java.net.InetAddress",
            "java.net.Inet4Address",
            "java.net.Inet6Address",
            "java.net.InetSocketAddress",
            "java.time.DayOfWeek",
            "java.time.Duration",
            "java.time.Instant",
            "java.time.LocalDate",
            "java.time.LocalDateTime",
            "java.time.YearMonth",
            "java.time.ZoneId",
            "java.time.ZonedDateTime");

    private static final DescribedPredicate<JavaClass> PLAIN_VALUES = describe("plain values", type -> {
        JavaClass element = type.getBaseComponentType();
        return element.isPrimitive()
                || VALUES_OUTSIDE_JAVA_UTIL.contains(element.getName())
                || isLanguageOrCollection(element);
    });

    private static boolean isLanguageOrCollection(JavaClass type) {
        return !isThreadClockOrProcess(type.getName())
                && resideInAnyPackage(
                                "java.lang",
                                "java.lang.invoke",
                                "java.lang.runtime",
                                "java.util",
                                "java.util.function",
                                "java.util.stream")
                        .test(type);
    }

    private static boolean isThreadClockOrProcess(String name) {
        return name.startsWith("java.lang.Thread")
                || name.startsWith("java.lang.Process")
                || Set.of("java.lang.Runtime", "java.lang.System", "java.util.Timer", "java.util.TimerTask")
                        .contains(name);
    }

    @ArchTest
    static final ArchRule schedulerKnowsValuesOnly = classes()
            .that()
            .resideInAPackage(SCHEDULER)
            .should()
            .onlyDependOnClassesThat(resideInAPackage(SCHEDULER).or(PLAIN_VALUES))
            .because(
                    "decisions must replay: time is an argument, and there is nothing to wait for and nothing to read");

    @ArchTest
    static final ArchRule netlinkIsALibrary = noClasses()
            .that()
            .resideInAPackage(NETLINK)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.netty..", "org.tinylog..", "jnr..", SCHEDULER, MGMT, APP)
            .because("it is a silent library about the kernel, of use to programs that know nothing of this one");

    @ArchTest
    static final ArchRule schedulerKnowsNoOtherModule = noClasses()
            .that()
            .resideInAPackage(SCHEDULER)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(NETLINK, MGMT, APP)
            .because("gateway-app turns kernel events into engine events and decisions into kernel commands");

    @ArchTest
    static final ArchRule managementDoesNotTouchTheKernel = noClasses()
            .that()
            .resideInAPackage(MGMT)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(NETLINK, APP)
            .because("it shows and asks; who answers is handed in");

    @ArchTest
    static final ArchRule managementDecidesNothing = noClasses()
            .that()
            .resideInAPackage(MGMT)
            .should()
            .dependOnClassesThat(resideInAPackage(SCHEDULER)
                    .and(not(describe("values", type -> type.isEnum() || type.isRecord() || type.isInterface()))))
            .because("the engine has one owner, the control thread: management sees its values, never itself");

    @ArchTest
    static final ArchRule onlyTheControlThreadsDriverHasTheEngine = noClasses()
            .that()
            .resideOutsideOfPackages(SCHEDULER, "net.hybridgateway.app.daemon")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(PolicyEngine.class)
            .because("the engine has one owner, the control thread");

    @ArchTest
    static final ArchRule subflowsAreAskedOfTcp = noClasses()
            .that()
            .resideOutsideOfPackage("net.hybridgateway.netlink.diag")
            .should()
            .callMethod(SockDiag.class, "connections")
            .orShould()
            .callMethod(SockDiag.class, "connection", int.class)
            .because("MPTCP itself is answered for by the module mptcp_diag, which routers need not have");

    // ---- native code and Netty --------------------------------------------------------------------------------------

    @ArchTest
    static final ArchRule nativeCallsAreInOnePackage = noClasses()
            .that()
            .resideOutsideOfPackage("net.hybridgateway.netlink.ffi")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.kenai.jffi..")
            .because("native calls are audited in one place");

    @ArchTest
    static final ArchRule unixSocketsAreInOnePackage = noClasses()
            .that()
            .resideOutsideOfPackage("net.hybridgateway.mgmt.control")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jnr..")
            .because("the control socket is the only Unix socket, and JDK 17's own cannot say who is calling");

    @ArchTest
    static final ArchRule pahoStaysInOnePackage = noClasses()
            .that()
            .resideOutsideOfPackage("net.hybridgateway.mgmt.mqtt.paho")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.eclipse.paho..")
            .because("Paho had its last release in 2020: what replaces it one day replaces one package");

    @ArchTest
    static final ArchRule nettyStaysInTheDataPlane = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "net.hybridgateway.app.relay",
                    "net.hybridgateway.app.intercept",
                    "net.hybridgateway.app.upstream",
                    "net.hybridgateway.app.converter",
                    "net.hybridgateway.mgmt.web")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.netty..")
            .because(
                    "the rules of event loops and of counted buffers are the affair of the data plane and the page's server");

    @ArchTest
    static final ArchRule nettysInternalsStayInTheRelay = noClasses()
            .that()
            .resideOutsideOfPackages("net.hybridgateway.app.relay", "net.hybridgateway.mgmt.web")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.netty.channel.epoll..", "io.netty.util.concurrent..")
            .because("a new version of Netty must be checked against one package only");

    @ArchTest
    static final ArchRule convertIsBytesInBytesOut = noClasses()
            .that()
            .resideInAPackage("net.hybridgateway.app.convert..")
            .should()
            .dependOnClassesThat(resideOutsideOfJdkAndConvert())
            .because("a codec that knows no socket can be tested byte by byte, and used by others");

    private static DescribedPredicate<JavaClass> resideOutsideOfJdkAndConvert() {
        return describe(
                "are neither of the JDK nor of app.convert",
                type -> !type.getBaseComponentType().isPrimitive()
                        && !resideInAnyPackage("java..", "javax.crypto..", "net.hybridgateway.app.convert..")
                                .test(type.getBaseComponentType()));
    }

    // ---- time, threads, output --------------------------------------------------------------------------------------

    @ArchTest
    static final ArchRule wallClockIsReadForBillingDaysAndForPeopleOnly = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("net.hybridgateway.app.daemon.SystemSources")
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(InstantSource.class)
            .because(
                    "a gateway boots in 1970 and jumps to today when it hears of NTP: durations are measured with nanoTime,"
                            + " and the moment of an event is put into wall time when it is told");

    @ArchTest
    static final ArchRule nanoTimeIsReadInNamedPlaces = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("net.hybridgateway.app.daemon.GatewayDaemon")
            .and()
            .doNotHaveFullyQualifiedName("net.hybridgateway.app.converter.ConversionPointDaemon")
            .and()
            .doNotHaveFullyQualifiedName("net.hybridgateway.mgmt.control.ControlServer")
            .and()
            .resideOutsideOfPackages("net.hybridgateway.netlink", "net.hybridgateway.netlink.ffi")
            .should()
            .callMethod(System.class, "nanoTime")
            .because("time is an argument; only the wiring, and what waits for the kernel or a client, asks for it");

    @ArchTest
    static final ArchRule threadsAreMadeInNamedPlaces = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("net.hybridgateway.app.daemon.ControlLoop")
            .and()
            .doNotHaveFullyQualifiedName("net.hybridgateway.app.daemon.ConversionPoints")
            .and()
            .doNotHaveFullyQualifiedName("net.hybridgateway.app.daemon.FileThread")
            .and()
            .doNotHaveFullyQualifiedName("net.hybridgateway.app.daemon.SettingsThread")
            .and()
            .doNotHaveFullyQualifiedName("net.hybridgateway.app.daemon.Upkeep")
            .and()
            .doNotHaveFullyQualifiedName("net.hybridgateway.app.probe.DrillRunner")
            .and()
            .doNotHaveFullyQualifiedName("net.hybridgateway.app.discovery.LeaseWatch")
            .and()
            .doNotHaveFullyQualifiedName("net.hybridgateway.app.kernel.EventThread")
            .and()
            .doNotHaveFullyQualifiedName("net.hybridgateway.app.probe.HandshakeExaminer")
            .and()
            .doNotHaveFullyQualifiedName("net.hybridgateway.app.probe.ProbeRunner")
            .and()
            .doNotHaveFullyQualifiedName("net.hybridgateway.app.cli.Service")
            .and()
            .doNotHaveFullyQualifiedName("net.hybridgateway.mgmt.control.ControlServer")
            .and()
            .doNotHaveFullyQualifiedName("net.hybridgateway.mgmt.web.Worker")
            .and()
            .doNotHaveFullyQualifiedName("net.hybridgateway.mgmt.mqtt.MqttThread")
            .should()
            .callConstructorWhere(
                    describe("a thread is made", call -> call.getTargetOwner().isAssignableTo(Thread.class)))
            .because("DESIGN.md has a table of all threads, and each of them an owner who ends it");

    @ArchTest
    static final ArchRule onlyTheCommandLinePrints = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(Main.class.getName())
            .and()
            .doNotHaveFullyQualifiedName("net.hybridgateway.app.log.ProgramLog")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .because("commands print to the streams that they are given, and all others log");

    // ---- shape ------------------------------------------------------------------------------------------------------

    @ArchTest
    static final ArchRule noPackageCycles = slices().assignedFrom(eachPackage())
            .should()
            .beFreeOfCycles()
            .because("packages that need each other are one package");

    private static SliceAssignment eachPackage() {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                return type.getPackageName().startsWith("net.hybridgateway.")
                        ? SliceIdentifier.of(type.getPackageName())
                        : SliceIdentifier.ignore();
            }

            @Override
            public String getDescription() {
                return "each package";
            }
        };
    }

    @ArchTest
    static final ArchRule namesSayWhatAClassDoes = noClasses()
            .should()
            .haveSimpleNameEndingWith("Impl")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveNameMatching(".*\\.(?!MptcpPathManager$)\\w*Manager")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .because(
                    "such a name says that nobody knew what the class is for; a path manager is what the kernel calls it");
}
