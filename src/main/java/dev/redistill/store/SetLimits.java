package dev.redistill.store;

/**
 * How large a set may be in each of its forms.
 *
 * @param integers the most members of a set that is kept as a set of integers
 * @param members the most members of a set that is kept compactly
 * @param length the longest member of a set that is kept compactly
 */
public record SetLimits(long integers, long members, long length) {}
