using Npgsql;
using Parley.Journal.Postgres;

namespace Parley.Cluster.Hosting;

/// <summary>The database that an operator names.</summary>
internal static class DatabaseOption
{
    /// <inheritdoc cref="ParleyDatabase.Open" path="/summary"/>
    /// <param name="connectionString">What was given.</param>
    /// <param name="adjust">Changes it.</param>
    /// <exception cref="FormatException">It is malformed or contains a password.</exception>
    /// <exception cref="IOException">The password's file cannot be read.</exception>
    public static NpgsqlDataSource Open(string connectionString, Action<NpgsqlConnectionStringBuilder>? adjust = null)
    {
        try
        {
            var settings = new NpgsqlConnectionStringBuilder(connectionString);
            adjust?.Invoke(settings);
            return ParleyDatabase.Open(settings.ConnectionString);
        }
        catch (ArgumentException e)
        {
            throw new FormatException($"The database: {e.Message}", e);
        }
    }
}
