/**
 * The frame of every command: its table line, its arguments, its session, and the guards before it.
 */
@NullMarked
package dev.redistill.command;

import org.jspecify.annotations.NullMarked;
