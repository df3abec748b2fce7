using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Npgsql;
using Parley.Journal.Postgres.Migrating;

namespace Parley.Cluster.Between;

/// <summary>
/// By what nodes know each other: one certificate and its key, which the first of them makes. It is in the database, so whoever can read that, where the keys are too that
/// sign tokens, is a node.
/// </summary>
internal static class BetweenCertificate
{
    public const string Part = "between";

    public static readonly string[] Steps = ["CREATE TABLE between_certificate(id integer PRIMARY KEY CHECK(id = 1), pem text NOT NULL)"];

    // It is compared and not verified: nobody looks when it ends.
    private static readonly TimeSpan Life = TimeSpan.FromDays(36_500);

    /// <exception cref="Parley.Journal.JournalUnavailableException">The database does not answer.</exception>
    /// <exception cref="NpgsqlException">The same.</exception>
    public static X509Certificate2 Of(NpgsqlDataSource database)
    {
        Migrations.Apply(database, Part, Steps);
        using var select = database.CreateCommand("SELECT pem FROM between_certificate");
        while (true)
        {
            if (select.ExecuteScalar() is string pem) return X509Certificate2.CreateFromPem(pem, pem);

            // Of nodes that come together one is first.
            using var insert = database.CreateCommand("INSERT INTO between_certificate(id, pem) VALUES(1, $1) ON CONFLICT DO NOTHING");
            insert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = New() });
            insert.ExecuteNonQuery();
        }
    }

    private static string New()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Parley nodes", key, HashAlgorithmName.SHA256);
        var now = DateTimeOffset.UtcNow;
        using var certificate = request.CreateSelfSigned(now - TimeSpan.FromDays(1), now + Life);
        return $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n";
    }
}
