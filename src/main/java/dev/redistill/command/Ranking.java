package dev.redistill.command;

import dev.redistill.command.KeyCounts.Event;
import dev.redistill.store.Probe;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The names that were met most often of late, of any number of names, in a fixed number of places.
 * Of those that have lost their place the counts are in {@link #others}. Guarded by its own lock,
 * under which it takes no other.
 */
final class Ranking {

  /* Ahmed Metwally, Divyakant Agrawal, Amr El Abbadi: Efficient computation of frequent and top-k elements in data
  streams (Space-Saving), ICDT 2005. A new name takes the place of the one with the least weight and its weight, too,
  by which it may be overestimated. Weights fade, so that they tell of the last while. */

  private static final int LONGEST_NAME = 1024;

  /** A place: whose it is, and what was counted of it. */
  private static final class Place {

    int database;
    byte[] name;
    double weight;
    double unsure;
    KeyCounts counts = new KeyCounts();

    Place(int database, byte[] name) {
      this.database = database;
      this.name = name;
    }
  }

  /**
   * A name and what was counted of it since it has its place.
   *
   * @param database the number of its database
   * @param name the bytes of it
   * @param weight how often it was met of late, for certain
   * @param unsure how often it may have been met beyond that
   * @param counts how often what has happened
   */
  record Ranked(int database, byte[] name, double weight, double unsure, KeyCounts counts) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final int[] hashes;
  private final Place[] places;
  private KeyCounts others = new KeyCounts();
  private int size;

  Ranking(int most) {
    hashes = new int[most];
    places = new Place[most];
  }

  /** Something has happened to a name so many times. Names that are very long count as others. */
  void count(int database, Probe name, Event event, int times) {
    lock.lock();
    try {
      Place place = find(database, name);
      if (place == null && name.length() > LONGEST_NAME) {
        others.add(event, times);
        return;
      }
      if (place == null) {
        place = size < places.length ? add(database, name) : replace(database, name);
      }
      place.weight += times;
      place.counts.add(event, times);
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Place find(int database, Probe name) {
    int hash = name.hash();
    for (int i = 0; i < size; i++) {
      Place place = places[i];
      if (hashes[i] == hash && place.database == database && name.isNamed(place.name)) {
        return place;
      }
    }
    return null;
  }

  private Place add(int database, Probe name) {
    Place place = new Place(database, name.copy());
    hashes[size] = name.hash();
    places[size++] = place;
    return place;
  }

  private Place replace(int database, Probe name) {
    int least = 0;
    for (int i = 1; i < size; i++) {
      if (places[i].weight < places[least].weight) {
        least = i;
      }
    }
    Place place = places[least];
    hashes[least] = name.hash();
    place.database = database;
    place.name = name.copy();
    place.unsure = place.weight;
    others.add(place.counts);
    place.counts = new KeyCounts();
    return place;
  }

  /** Lets all weights become this part of what they were. */
  void fade(double part) {
    lock.lock();
    try {
      for (int i = 0; i < size; i++) {
        places[i].weight *= part;
        places[i].unsure *= part;
      }
    } finally {
      lock.unlock();
    }
  }

  /** All names that have a place, those met most often first. */
  List<Ranked> all() {
    List<Ranked> all = new ArrayList<>();
    lock.lock();
    try {
      for (int i = 0; i < size; i++) {
        Place place = places[i];
        double sure = place.weight - place.unsure;
        all.add(new Ranked(place.database, place.name, sure, place.unsure, place.counts.copy()));
      }
    } finally {
      lock.unlock();
    }
    all.sort(Comparator.comparingDouble((Ranked each) -> -each.weight()));
    return all;
  }

  /** What was counted of names that have no place any more. */
  KeyCounts others() {
    lock.lock();
    try {
      return others.copy();
    } finally {
      lock.unlock();
    }
  }

  /** Forgets everything. */
  void clear() {
    lock.lock();
    try {
      size = 0;
      others = new KeyCounts();
      Arrays.fill(places, null);
    } finally {
      lock.unlock();
    }
  }
}
