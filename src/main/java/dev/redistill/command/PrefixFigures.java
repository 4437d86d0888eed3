package dev.redistill.command;

/**
 * How the keys do that share what stands before the delimiter. All figures are estimates as soon as
 * much is going on.
 *
 * @param name what they share, nothing for keys without a delimiter
 * @param hits lookups that have found their key
 * @param misses lookups that have not
 * @param writes runs of commands that change one key
 * @param evictions keys that went to make room
 * @param keys how many there are
 * @param bytes what they take
 */
public record PrefixFigures(
    byte[] name, long hits, long misses, long writes, long evictions, long keys, long bytes) {}
