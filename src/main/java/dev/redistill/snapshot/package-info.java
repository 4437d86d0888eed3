/** Snapshots of all keys in the file format of Redis: written, read, and when. */
@NullMarked
package dev.redistill.snapshot;

import org.jspecify.annotations.NullMarked;
