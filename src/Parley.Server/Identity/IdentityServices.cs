using Parley.Server.Canned;
using Parley.Server.Identity.Saml;
using Parley.Server.Identity.SignIn;
using Parley.Server.Storage;

namespace Parley.Server.Identity;

/// <summary>Everything about who is who, over one store.</summary>
public sealed class IdentityServices : IDisposable
{
    private readonly IAccountStore _store;
    private readonly ProviderHttp _providers;

    private IdentityServices(IAccountStore store, AgentStates states, IdentityOptions options, string issuer, byte[] fileKey, TimeProvider time)
    {
        (_store, FileKey) = (store, fileKey);
        var tokenLifetime = TimeSpan.FromDays(options.TokenDays);
        Revisions = new AccountRevisions(store, time);
        Accounts = new Accounts(store, Revisions, Events);
        Agents = new AgentDirectory(store, Revisions, Events, time);
        AgentStates = states;
        CannedAnswers = new CannedAnswers(store, Agents);
        Sessions = new AgentSessions(store, Accounts, Agents, Events, TimeSpan.FromMinutes(options.SessionMinutes), time);
        var renewal = TimeSpan.FromHours(options.AnonymousRenewalHours);
        SigningKeys = new SigningKeys(store, longestToken: tokenLifetime > renewal ? tokenLifetime : renewal, time);
        var own = new OwnTokens(SigningKeys, issuer, time);
        var revocations = new Revocations(store, Events, time);
        ConsumerTokens = new ConsumerTokens(store, Accounts, own, revocations, tokenLifetime, time);
        ConsumerClaims = new ConsumerClaims(store, time);
        Profiles = new ConsumerProfiles(store, ConsumerClaims, time);
        _providers = new ProviderHttp(time);
        AuthConnectors = new AuthConnectors(store, _providers, issuer, time);
        SignIn = new ConsumerSignIn(
            store, AuthConnectors, new AnonymousTokens(own, revocations, options), new ExternalTokens(time), new CodeFlow(_providers),
            ConsumerTokens, ConsumerClaims, revocations, options, time);
        Passwords = new PasswordQueue(options.PasswordIterations);
        Login = new AgentLogin(store, Accounts, Agents, Passwords, new SamlLogin(AuthConnectors, time), new UsedAssertions(store, time), time);
        Revisions.Load();
    }

    public IdentityEvents Events { get; } = new();
    public Accounts Accounts { get; }
    public AgentDirectory Agents { get; }
    public AccountRevisions Revisions { get; }
    public ConsumerProfiles Profiles { get; }
    public AgentStates AgentStates { get; }
    public CannedAnswers CannedAnswers { get; }
    public AgentSessions Sessions { get; }
    public ConsumerTokens ConsumerTokens { get; }
    public SigningKeys SigningKeys { get; }
    public AuthConnectors AuthConnectors { get; }
    public ConsumerClaims ConsumerClaims { get; }
    internal ConsumerSignIn SignIn { get; }

    /// <summary>Signs the addresses of shared files; made once.</summary>
    internal byte[] FileKey { get; }

    internal PasswordQueue Passwords { get; }
    internal AgentLogin Login { get; }

    /// <summary>Opens or creates the file.</summary>
    /// <param name="path">Of <c>accounts.db</c>; the caller holds the lock of its folder.</param>
    /// <param name="options">How identities are made.</param>
    /// <param name="host">Names the issuer of tokens when the file is created; later it is not changed, or every token would become invalid.</param>
    /// <param name="time">The clock.</param>
    public static Task<IdentityServices> OpenAsync(string path, IdentityOptions options, string host, TimeProvider time) =>
        OpenAsync(SqliteAccountStore.Open(path), options, host, time);

    /// <summary>Opens what a store keeps.</summary>
    /// <param name="store">Becomes the services' own: disposed with them, or when they cannot be opened.</param>
    /// <param name="options">How identities are made.</param>
    /// <param name="host">Names the issuer of tokens when the store is new; later it is not changed, or every token would become invalid.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="System.Data.Common.DbException">The store cannot be read or written.</exception>
    public static async Task<IdentityServices> OpenAsync(IAccountStore store, IdentityOptions options, string host, TimeProvider time)
    {
        try
        {
            var issuer = await InstalledAsync(store, "issuer", () => $"https://{host}");
            var fileKey = Convert.FromHexString(await InstalledAsync(store, "file_key", () => Secrets.NewHex()));
            var identity = new IdentityServices(store, await AgentStates.LoadAsync(store), options, issuer, fileKey, time);
            await store.CatchUpAsync(); // tables were loaded one after the other
            await identity.SigningKeys.EnsureAsync(options.Algorithm);
            return identity;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <inheritdoc cref="IAccountStore.AloneAsync"/>
    internal Task AloneAsync(Func<Task> work) => _store.AloneAsync(work);

    public void Dispose()
    {
        _providers.Dispose();
        _store.Dispose();
    }

    // What is chosen once, by the first process that opens the store, and kept.
    private static async Task<string> InstalledAsync(IAccountStore store, string name, Func<string> choose)
    {
        if (await store.ReadAsync(Installed) is { } installed) return installed;
        string? chosen = null;
        await store.WriteAsync(
            db =>
            {
                db.Execute("INSERT INTO installation (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING", name, choose());
                chosen = Installed(db);
            },
            () => { });
        return chosen!;

        string? Installed(Statements db) => (string?)db.Scalar("SELECT value FROM installation WHERE name = $1", name);
    }
}
