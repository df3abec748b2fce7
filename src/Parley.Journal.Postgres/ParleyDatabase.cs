using Npgsql;

namespace Parley.Journal.Postgres;

/// <summary>Connections to the database, as everything that Parley keeps there wants them.</summary>
public static class ParleyDatabase
{
    /// <summary>The variable with the password, for those who do not use <c>PGPASSWORD</c>, <c>PGPASSFILE</c> or <c>~/.pgpass</c>.</summary>
    public const string PasswordVariable = "PARLEY_CLUSTER_PASSWORD";

    /// <summary>The variable with the name of a file whose first line is the password.</summary>
    public const string PasswordFileVariable = "PARLEY_CLUSTER_PASSWORD_FILE";

    // The promise and the fence rest on the first two, whatever the server's defaults are. The others let the server notice in
    // seconds that a node is gone: what it held is free then.
    private const string SessionOptions =
        "-c synchronous_commit=on -c default_transaction_isolation=read\\ committed -c client_connection_check_interval=1000"
        + " -c tcp_keepalives_idle=2 -c tcp_keepalives_interval=1 -c tcp_keepalives_count=3";

    /// <summary>A pool of connections; nothing is connected yet.</summary>
    /// <param name="connectionString">Npgsql's form, without a password: that would be seen in the list of processes.</param>
    /// <param name="environment">The variables; null for the process's own.</param>
    /// <exception cref="ArgumentException">The connection string is malformed or contains a password.</exception>
    /// <exception cref="IOException">The password's file cannot be read.</exception>
    public static NpgsqlDataSource Open(string connectionString, Func<string, string?>? environment = null) =>
        new NpgsqlDataSourceBuilder(Settings(connectionString, environment ?? Environment.GetEnvironmentVariable).ConnectionString).Build();

    internal static NpgsqlConnectionStringBuilder Settings(string connectionString, Func<string, string?> environment)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        if (settings.Password is not null || settings.SslPassword is not null)
            throw new ArgumentException($"The connection string must not contain a password: give it as {PasswordVariable}, {PasswordFileVariable}, PGPASSWORD or in a pgpass file.", nameof(connectionString));
        settings.Password = Password(environment);
        settings.Options = settings.Options is { Length: > 0 } given ? $"{given} {SessionOptions}" : SessionOptions;
        settings.ApplicationName ??= "parley";
        if (!settings.ShouldSerialize("Timeout")) settings.Timeout = 3;
        if (!settings.ShouldSerialize("Command Timeout")) settings.CommandTimeout = 10;
        if (!settings.ShouldSerialize("Maximum Pool Size")) settings.MaxPoolSize = 20;
        if (!settings.ShouldSerialize("Max Auto Prepare")) settings.MaxAutoPrepare = 50;
        return settings;
    }

    private static string? Password(Func<string, string?> environment) =>
        environment(PasswordVariable) is { Length: > 0 } password ? password
        : environment(PasswordFileVariable) is { Length: > 0 } file ? File.ReadLines(file).FirstOrDefault()
        : null;
}
