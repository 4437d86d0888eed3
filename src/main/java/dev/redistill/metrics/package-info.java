/** What the server measures of itself. */
@NullMarked
package dev.redistill.metrics;

import org.jspecify.annotations.NullMarked;
