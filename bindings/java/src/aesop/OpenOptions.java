package aesop;

/** How an engine opens its store. */
public final class OpenOptions {
    /** Make the store when it is not there. */
    public boolean create = true;
    public boolean readOnly;
    /** This process alone; faster. */
    public boolean exclusive;
    /** Also on a network file system; read docs/storage.md first. */
    public boolean allowNetwork;
    /** How long a call waits for other writers before it fails with BUSY. */
    public int busyMilliseconds = 5000;
}
