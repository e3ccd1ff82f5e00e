package net.hybridgateway.lab.bench.rival;

/** How charts tell the rivals apart: a style of each one's name ({@link Rival#toString}), in CSS. */
public final class RivalColours {
    /** In a light theme, with the shapes of dots and bars. */
    public static final String LIGHT = """
            .gateway { fill: #2f6fde; stroke: #2f6fde; }
            .haproxy { fill: #e8833a; stroke: #e8833a; }
            .haproxy-large { fill: #b35900; stroke: #b35900; }
            .haproxy-splice { fill: #2e8b57; stroke: #2e8b57; }
            .ss-redir { fill: #7d8590; stroke: #7d8590; }
            .forwarding { fill: #a371c7; stroke: #a371c7; }
            circle { fill-opacity: 0.45; stroke: none; }
            line.median { stroke-width: 3; }
            """;

    /** What is different in a dark theme. */
    public static final String DARK = """
              .gateway { fill: #5b93f5; stroke: #5b93f5; }
              .haproxy { fill: #f0a35e; stroke: #f0a35e; }
              .haproxy-large { fill: #cf8a4a; stroke: #cf8a4a; }
              .haproxy-splice { fill: #56b881; stroke: #56b881; }
              .ss-redir { fill: #9da7b3; stroke: #9da7b3; }
              .forwarding { fill: #c39be0; stroke: #c39be0; }
            """;

    private RivalColours() {}
}
