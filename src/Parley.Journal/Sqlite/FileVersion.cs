namespace Parley.Journal.Sqlite;

/// <summary>The version of a file's tables, for who reads them and does not bring them up to date.</summary>
internal static class FileVersion
{
    /// <exception cref="NewerSchemaException">A newer program wrote the file.</exception>
    /// <exception cref="InvalidDataException">An older one did, and no server of this version was started on it.</exception>
    public static void Check(string path, long found, int known)
    {
        if (found > known) throw new NewerSchemaException(path, found, known);
        if (found < known) throw new InvalidDataException($"'{path}' was written by an earlier version: start a server of this version on its folder once, and stop it again.");
    }
}
