package dev.redistill.command;

import dev.redistill.resp.Request;
import dev.redistill.store.Database;
import dev.redistill.store.Entry;
import dev.redistill.store.Locks;
import dev.redistill.store.Lookup;
import dev.redistill.store.Probe;
import dev.redistill.tracking.Tracker;
import dev.redistill.tracking.Tracking;

/**
 * Runs a command that may run: under the locks that its keys need or, where one key is read,
 * without a lock if that tells enough.
 */
final class CommandRunner {

  private final Tracking tracking;

  CommandRunner(Tracking tracking) {
    this.tracking = tracking;
  }

  void run(Command command, Call call, boolean locked) {
    if (locked) {
      runLocked(command, call);
    } else {
      takeLocks(command, call);
    }
  }

  /** Runs a command under the locks that it needs. */
  private void takeLocks(Command command, Call call) {
    switch (command.access()) {
      case READ_ONE -> readOne(command, call);
      case LOCK_ONE -> lockOne(command, call);
      case LOCK_MANY -> lockMany(command, call);
      case FREE -> command.handler().run(call);
    }
  }

  private void readOne(Command command, Call call) {
    Probe key = call.firstKey(command.keys().first());
    if ((call.session().guards() & Session.TRACKING) != 0) {
      lockOne(command, call);
      return;
    }
    Lookup.Worth worth = call.lookup.tryRead(call.database(), key, call.now());
    if (worth == Lookup.Worth.NOTHING || !call.session().isDatabaseCurrent()) {
      lockOne(command, call);
    } else if (worth == Lookup.Worth.SURE) {
      answerRead(command, call);
    } else {
      readUntilChanged(command, call);
    }
  }

  /** Reads what may change meanwhile: if it has, once more, under the lock. */
  private void readUntilChanged(Command command, Call call) {
    long mark = call.reply().mark();
    answerRead(command, call);
    if (call.lookup.hasChanged()) {
      call.reply().rollback(mark);
      call.session().traffic().takeBackHit();
      lockOne(command, call);
    }
  }

  private void lockOne(Command command, Call call) {
    Probe key = call.firstKey(command.keys().first());
    var lock = call.database().lock(key);
    try {
      while (!call.session().isDatabaseCurrent()) {
        lock.unlock();
        call.database(call.session().database());
        lock = call.database().lock(key);
      }
      runLocked(command, call);
    } finally {
      lock.unlock();
    }
  }

  private void lockMany(Command command, Call call) {
    Locks locks = call.locks;
    locks.clear();
    collect(command, call, call.database(), locks);
    locks.lock(command.is(Flag.WRITE));
    try {
      while (!call.session().isDatabaseCurrent()) {
        locks.unlock();
        call.database(call.session().database());
        collect(command, call, call.database(), locks);
        locks.lock(command.is(Flag.WRITE));
      }
      runLocked(command, call);
    } finally {
      locks.unlock();
    }
  }

  /** Adds the shards that a call needs to the locks, when the given database is selected. */
  static void collect(Command command, Call call, Database selected, Locks locks) {
    LockPlan plan = command.plan();
    if (plan != null) {
      plan.collect(call, selected, locks);
      call.arguments().start(call.request());
      return;
    }
    KeySpec keys = command.keys();
    if (command.access() == Command.Access.FREE) {
      return;
    }
    int end = keys.end(call.request());
    for (int place = keys.first(); place < end; place += keys.step()) {
      locks.add(selected, call.probe(place));
    }
  }

  /** Runs a command whose locks are held. */
  private void runLocked(Command command, Call call) {
    if (command.access() == Command.Access.FREE || command.access() == Command.Access.LOCK_MANY) {
      try {
        command.handler().run(call);
      } finally {
        remember(command, call);
      }
      return;
    }
    call.lookup.read(call.database(), call.firstKey(command.keys().first()), call.now());
    if (command.access() == Command.Access.READ_ONE) {
      try {
        answerRead(command, call);
      } finally {
        remember(command, call);
      }
    } else {
      call.countWrite();
      command.handler().run(call);
    }
  }

  /** Remembers what a client that tracks has read, under the locks under which it has read it. */
  private void remember(Command command, Call call) {
    if ((call.session().guards() & Session.TRACKING) == 0 || !command.is(Flag.READONLY)) {
      return;
    }
    Tracker tracker = call.session().messaging().tracker();
    if (tracker == null || !tracker.isRemembering()) {
      return;
    }
    Request request = call.request();
    KeySpec keys = command.keys();
    int end = keys.first() == 0 ? 0 : keys.end(request);
    for (int place = keys.first(); place < end; place += keys.step()) {
      tracking.read(tracker, request.bytes(place));
    }
  }

  private static void answerRead(Command command, Call call) {
    Entry entry = call.lookup.entry();
    call.countLookup(entry);
    if (entry == null) {
      noteMiss(command, call);
    } else if (command.touches()) {
      call.touch(entry);
    }
    command.handler().run(call);
  }

  private static void noteMiss(Command command, Call call) {
    if (!command.isQuiet()) {
      call.event(EventClass.MISS, "keymiss");
    }
  }
}
