using Parley.Journal.Tests.Postgres.Support;

[assembly: AssemblyFixture(typeof(SharedServer))]

namespace Parley.Journal.Tests.Postgres.Support;

/// <summary>The server that most tests share: the one that PARLEY_TEST_POSTGRES names, or one that is started when it is wanted first.</summary>
public sealed class SharedServer : IDisposable
{
    private static readonly Lazy<PostgresServer> Own = new(() => new PostgresServer());

    internal static string ConnectionString =>
        Environment.GetEnvironmentVariable("PARLEY_TEST_POSTGRES") is { Length: > 0 } given ? given
        : PostgresServer.IsInstalled ? Own.Value.ConnectionString
        : "";

    public void Dispose()
    {
        if (Own.IsValueCreated) Own.Value.Dispose();
    }
}
