using Npgsql;
using Parley.Server.Storage;

namespace Parley.Accounts.Postgres;

internal static class PostgresStatements
{
    /// <summary>Statements as PostgreSQL takes them: its parameters have no names.</summary>
    public static Statements Statements(this NpgsqlConnection connection) =>
        new(connection, (_, value) => new NpgsqlParameter { Value = value is string text ? StorableText.Of(text) : value });
}
