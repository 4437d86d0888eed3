/**
 * The commands themselves, one file per group: a table at the top, one method per command below.
 */
@NullMarked
package dev.redistill.commands;

import org.jspecify.annotations.NullMarked;
