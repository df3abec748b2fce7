namespace Parley.Journal.Tests.Faults;

internal enum FileAction { Open, Write, Sync, Truncate, Delete }
