package dev.redistill.snapshot;

/**
 * A key as a file holds it.
 *
 * @param database the number of its database
 * @param key its bytes
 * @param value a string as bytes, a hash or a set
 * @param expireAt its last millisecond as a Unix time, or {@link dev.redistill.store.Entry#NEVER}
 * @param usage how it was used
 */
record LoadedEntry(int database, byte[] key, Object value, long expireAt, Usage usage) {}
