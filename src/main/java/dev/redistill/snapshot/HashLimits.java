package dev.redistill.snapshot;

/**
 * How large a hash may be and yet be kept compactly.
 *
 * @param fields the most fields
 * @param length the longest name or value
 */
public record HashLimits(long fields, long length) {}
