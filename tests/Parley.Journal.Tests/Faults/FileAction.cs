namespace Parley.Journal.Tests.Faults;

internal enum FileAction { Write, Sync, Truncate, Delete }
