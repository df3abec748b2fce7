using Microsoft.Data.Sqlite;
using Parley.Server.Hosting;

namespace Parley.Server.Storage;

/// <summary>A file of tables that one connection owns; what it commits is synced.</summary>
internal static class SqliteFile
{
    /// <summary>Opens or creates the file, mode 0600, and brings its schema up to date.</summary>
    /// <param name="path">The file.</param>
    /// <param name="migrations">What makes each version of the schema of the one before, from none on.</param>
    /// <exception cref="InvalidDataException">The file was written by a newer version.</exception>
    /// <exception cref="IOException">The file cannot be read or written, or is none of SQLite's.</exception>
    public static SqliteConnection Open(string path, string[] migrations)
    {
        // SQLite gives -wal and -shm the mode of the main file, so that creating this one privately is enough.
        DataFolder.Create(path, secret: true).Dispose();
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, ForeignKeys = true }.ToString());
        try
        {
            connection.Open();
            Statements(connection).Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
            Migrate(connection, migrations);
            return connection;
        }
        catch (Exception e)
        {
            connection.Dispose();
            if (e is SqliteException) throw new IOException($"{path} cannot be opened: {e.Message}", e);
            throw;
        }
    }

    public static Statements Statements(SqliteConnection connection) => new(connection, (number, value) => new SqliteParameter($"${number}", value));

    private static void Migrate(SqliteConnection connection, string[] migrations)
    {
        var db = Statements(connection);
        var version = (long)db.Scalar("PRAGMA user_version")!;
        if (version > migrations.Length)
        {
            throw new InvalidDataException($"{connection.DataSource} has schema version {version}; this program knows versions up to {migrations.Length}.");
        }

        for (; version < migrations.Length; version++)
        {
            using var transaction = connection.BeginTransaction();
            db.Execute($"{migrations[version]} PRAGMA user_version = {version + 1}");
            transaction.Commit();
        }
    }
}
