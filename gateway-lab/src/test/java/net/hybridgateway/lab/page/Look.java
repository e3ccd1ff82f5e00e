package net.hybridgateway.lab.page;

import java.util.List;

/**
 * On what the page is looked at.
 *
 * @param width of the window, in CSS pixels
 */
record Look(String name, int width, int height, boolean dark) {
    static final Look DESKTOP = new Look("desktop-light", 1280, 800, false);
    static final Look PHONE = new Look("phone-light", 390, 844, false);

    static final List<Look> ALL =
            List.of(DESKTOP, new Look("desktop-dark", 1280, 800, true), PHONE, new Look("phone-dark", 390, 844, true));

    boolean phone() {
        return width < 600;
    }
}
