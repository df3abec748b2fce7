namespace Parley.Journal;

/// <summary>The data folder was written by a newer program, which this one must not touch.</summary>
public sealed class NewerSchemaException(string file, long found, int known)
    : IOException($"'{file}' has schema version {found}; this program knows versions up to {known}. Use the newer program, or restore a backup.");
