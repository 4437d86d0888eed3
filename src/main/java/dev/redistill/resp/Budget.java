package dev.redistill.resp;

/** Who decides whether there is memory for a large request that is not complete yet. */
public interface Budget {

  /** Whether an array of so many bytes may be kept for it. */
  boolean hasRoom(int bytes);

  /** A request has been read to its end without being kept: its client is to be told. */
  void refused();

  /** Gives all the memory that is asked for. */
  Budget UNLIMITED =
      new Budget() {
        @Override
        public boolean hasRoom(int bytes) {
          return true;
        }

        @Override
        public void refused() {}
      };
}
