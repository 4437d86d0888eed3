/** The small tools that everybody may use and that use nobody: time, patterns. */
@NullMarked
package dev.redistill.util;

import org.jspecify.annotations.NullMarked;
