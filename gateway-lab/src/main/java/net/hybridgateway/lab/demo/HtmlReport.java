package net.hybridgateway.lab.demo;

import java.util.Locale;

/** The demo's report: one page, no outside resources, light or dark as the reader's system is. */
final class HtmlReport {
    private static final String PAGE = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>hybrid-gateway: demo report</title>
            <style>
            :root { color-scheme: light dark; }
            body { font: 16px/1.5 system-ui, sans-serif; max-width: 860px; margin: 2rem auto; padding: 0 1rem; }
            pre { font-size: 14px; overflow-x: auto; }
            svg { width: 100%%; height: auto; margin: 1rem 0; }
            %s
            </style>
            </head>
            <body>
            <h1>hybrid-gateway: demo report</h1>
            <p>A LAN host downloads from a web server over plain TCP. The gateway carries the connection over two emulated
            lines with Multipath TCP: fixed %s; cellular %s. In the middle of each download the fixed line breaks (%s) and
            comes back later. The pictures show what each uplink received, ten samples a second.</p>
            %s
            <pre>%s</pre>
            </body>
            </html>
            """;

    private HtmlReport() {}

    static String of(Figures figures) {
        StringBuilder charts = new StringBuilder();
        figures.outages().forEach(outage -> charts.append(RateChart.inline(figures, outage)));
        return PAGE.formatted(
                RateChart.STYLE,
                escaped(figures.options().fixed().toString()),
                escaped(figures.options().cellular().toString()),
                figures.options().cut().name().toLowerCase(Locale.ROOT),
                charts,
                escaped(figures.toTable()));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
