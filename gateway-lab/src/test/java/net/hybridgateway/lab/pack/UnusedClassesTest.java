package net.hybridgateway.lab.pack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnusedClassesTest {
    private static final Map<String, String> SOURCES = Map.of(
            "net/hybridgateway/Program.java",
            """
            package net.hybridgateway;
            class Program {
                lib.Used used;
                Object byName() throws Exception { return Class.forName("lib.ByName").getDeclaredConstructor().newInstance(); }
                Object bySignature(java.util.List<lib.InSignature> list) { return list; }
                long wide = 1L << 40;
                double wider = 2.5;
            }
            """,
            "lib/Used.java",
            "package lib; public class Used { Object further() { return new Further.Nested(); } }",
            "lib/Further.java",
            "package lib; class Further { static class Nested {} }",
            "lib/ByName.java",
            "package lib; class ByName {}",
            "lib/InSignature.java",
            "package lib; public class InSignature {}",
            "lib/FromNative.java",
            "package lib; class FromNative {}",
            "lib/Trained.java",
            "package lib; class Trained {}",
            "lib/Alone.java",
            "package lib; class Alone { Used used; AlsoAlone other; }",
            "lib/AlsoAlone.java",
            "package lib; class AlsoAlone {}",
            "com/kenai/jffi/NamedAtRunTime.java",
            "package com.kenai.jffi; class NamedAtRunTime {}");

    @TempDir
    private Path folder;

    @Test
    void leavesOutWhatNothingThatStaysMentions() throws IOException {
        Path classes = compile();

        Set<String> gone = UnusedClasses.delete(classes, List.of("lib/Trained", "lib/NotThere"), "\0lib/FromNative\0");

        assertEquals(Set.of("lib/Alone", "lib/AlsoAlone"), new TreeSet<>(gone));
        assertFalse(Files.exists(classes.resolve("lib/Alone.class")));
        for (String kept :
                List.of("Used", "Further", "Further$Nested", "ByName", "InSignature", "FromNative", "Trained")) {
            assertTrue(Files.exists(classes.resolve("lib/" + kept + ".class")), kept);
        }
        assertTrue(Files.exists(classes.resolve("com/kenai/jffi/NamedAtRunTime.class")));
    }

    private Path compile() throws IOException {
        Path classes = Files.createDirectory(folder.resolve("classes"));
        List<String> arguments = new ArrayList<>(List.of("-d", classes.toString()));
        for (Map.Entry<String, String> source : SOURCES.entrySet()) {
            Path file = folder.resolve("source").resolve(source.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, source.getValue());
            arguments.add(file.toString());
        }
        assertEquals(
                0,
                ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)),
                "compiles");
        return classes;
    }
}
