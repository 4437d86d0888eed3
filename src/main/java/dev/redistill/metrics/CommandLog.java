package dev.redistill.metrics;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** The latest of the commands that took much of something. Guarded by its own lock. */
public final class CommandLog {

  /**
   * A command that is remembered.
   *
   * @param id its number; numbers are never used again
   * @param run what happened
   */
  public record Item(long id, Run run) {}

  /**
   * How a command ran.
   *
   * @param second when, in Unix seconds
   * @param cost how much it took, in the unit of the log
   * @param arguments its name and arguments, shortened
   * @param address where the client was
   * @param client what the client called itself
   */
  public record Run(
      long second, long cost, List<byte[]> arguments, String address, String client) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Item> items = new ArrayDeque<>();
  private long nextId;

  /** Adds a command and forgets the oldest ones, so that no more than the limit are left. */
  public void add(Run run, long limit) {
    lock.lock();
    try {
      items.addFirst(new Item(nextId++, run));
      while (items.size() > limit) {
        items.removeLast();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The latest commands, so many at most, the last one first. */
  public List<Item> latest(long most) {
    lock.lock();
    try {
      return items.stream().limit(most).toList();
    } finally {
      lock.unlock();
    }
  }

  /** The number of commands that are remembered. */
  public int size() {
    lock.lock();
    try {
      return items.size();
    } finally {
      lock.unlock();
    }
  }

  /** Forgets all commands; their numbers go on. */
  public void clear() {
    lock.lock();
    try {
      items.clear();
    } finally {
      lock.unlock();
    }
  }
}
