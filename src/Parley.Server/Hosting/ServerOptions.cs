using Parley.Server.Identity;

namespace Parley.Server.Hosting;

/// <summary>
/// How a server runs. Every member can be given in <c>appsettings.json</c> (working folder, then data folder), as an environment
/// variable <c>PARLEY_NAME</c> (<c>PARLEY_SECTION__NAME</c>) and on the command line, each overriding the former.
/// </summary>
public sealed class ServerOptions
{
    /// <summary>Folder of everything that is kept; created when missing.</summary>
    public string Data { get; set; } = "data";

    /// <summary><c>ADDRESS:PORT</c>; port 0 picks a free one.</summary>
    public string Http { get; set; } = "127.0.0.1:8080";

    /// <inheritdoc cref="Http"/>
    public string Https { get; set; } = "127.0.0.1:8443";

    /// <summary><c>HOST[:PORT]</c> by which clients reach the HTTPS listener, when that differs from how they asked.</summary>
    public string? PublicHost { get; set; }

    /// <summary>Addresses or networks (<c>10.0.0.0/8</c>) whose <c>X-Forwarded-*</c> headers are believed.</summary>
    public IList<string> TrustedProxies { get; set; } = [];

    /// <summary>Folder with the built pages; <c>site</c> beside the executable when null, none when empty.</summary>
    public string? Site { get; set; }

    /// <summary>Whether a new demo account is filled and its logins are told to browsers on this machine; only on loopback.</summary>
    public bool Demo { get; set; }

    public CertificateOptions Certificate { get; set; } = new();

    public IdentityOptions Identity { get; set; } = new();

    public LimitOptions Limits { get; set; } = new();

    public JournalKind Journal { get; set; }

    /// <summary>
    /// The PostgreSQL database that this server shares with others, as Npgsql writes it and without a password; null for a server that is alone. The password
    /// comes from the environment (<c>PGPASSWORD</c>) or a file.
    /// </summary>
    public string? Cluster { get; set; }

    /// <summary><c>ADDRESS:PORT</c> where the other nodes reach this one; by default the address by which it reaches the database, port 9640.</summary>
    public string? Between { get; set; }

    /// <summary>Whether a node shows Orleans' dashboard to its operator; that costs 100 MB.</summary>
    public bool Dashboard { get; set; }

    public LogFormat Log { get; set; }
}
