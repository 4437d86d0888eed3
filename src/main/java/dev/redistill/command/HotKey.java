package dev.redistill.command;

/**
 * A key in demand.
 *
 * @param database the number of its database
 * @param name the bytes of it
 * @param perSecond how often it was read or written in a second of late, about and at least
 */
public record HotKey(int database, byte[] name, double perSecond) {}
