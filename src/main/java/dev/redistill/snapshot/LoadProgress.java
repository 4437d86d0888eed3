package dev.redistill.snapshot;

/**
 * How far the loading of a file is.
 *
 * @param startedAt when it began, in Unix milliseconds
 * @param totalBytes the size of the file
 * @param loadedBytes how much of it was read
 */
public record LoadProgress(long startedAt, long totalBytes, long loadedBytes) {}
