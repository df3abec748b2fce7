namespace Parley.Journal.Tests.Support;

public enum Outcome { Committed, Refused, Undecided, Moved }
