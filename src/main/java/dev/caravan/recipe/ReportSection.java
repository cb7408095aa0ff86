package dev.caravan.recipe;

/// A part of the report. One that has nothing to show is left out, heading and all.
interface ReportSection {
    /// The anchor that the navigation leads to.
    String id();

    String title();

    boolean isEmpty();

    /// Writes what stands under the section's heading.
    void write(ReportHtml html);
}
