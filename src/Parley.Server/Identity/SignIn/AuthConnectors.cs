using System.Text.Json;
using Parley.Server.Storage;

namespace Parley.Server.Identity.SignIn;

/// <summary>The authentication connectors of all accounts (protocol 4.4).</summary>
public sealed class AuthConnectors
{
    private readonly IAccountStore _store;
    private readonly ProviderHttp _http;
    private readonly TimeProvider _time;
    private readonly string _ownIssuer;
    private readonly LiveConnector _anonymous;
    private readonly CachedTable<(string AccountId, string Id), LiveConnector> _connectors;

    internal AuthConnectors(IAccountStore store, ProviderHttp http, string ownIssuer, TimeProvider time)
    {
        (_store, _http, _ownIssuer, _time) = (store, http, ownIssuer, time);
        _anonymous = Live(new AuthConnector { Id = AuthConnector.Anonymous, Type = AuthConnectorType.Unauth });
        _connectors = new(
            "auth_connectors", "SELECT account, id, settings FROM auth_connectors", ["account", "id"], key => (key[0], key[1]),
            row => KeyValuePair.Create(
                (row.GetString(0), row.GetString(1)),
                Live(JsonSerializer.Deserialize(row.GetString(2), IdentityJson.Default.AuthConnector)!)));
        store.Follow(_connectors);
    }

    /// <summary>The connectors that operators gave an account, by id.</summary>
    public IReadOnlyList<AuthConnector> All(string accountId) =>
        [.. Of(accountId).Select(connector => connector.Settings).OrderBy(connector => connector.Id, StringComparer.Ordinal)];

    /// <summary>Adds a connector, or replaces the one with its id. Signing in uses it at once; tokens given out before stay valid.</summary>
    /// <exception cref="RefusedException">It is there already and was not to be replaced.</exception>
    internal Task SaveAsync(string accountId, AuthConnector connector, bool replace) => _store.WriteAsync(
        db =>
        {
            if (!replace && _connectors.Rows.ContainsKey((accountId, connector.Id))) throw new RefusedException($"There is a connector {connector.Id} already.");
            db.Execute(
                "INSERT INTO auth_connectors (account, id, settings) VALUES ($1, $2, $3) ON CONFLICT (account, id) DO UPDATE SET settings = excluded.settings",
                accountId, connector.Id, JsonSerializer.Serialize(connector, IdentityJson.Default.AuthConnector));
        },
        () => _connectors.Set((accountId, connector.Id), Live(connector)));

    /// <exception cref="RefusedException">There is none.</exception>
    internal Task RemoveAsync(string accountId, string id) => _store.WriteAsync(
        db =>
        {
            if (db.Execute("DELETE FROM auth_connectors WHERE account = $1 AND id = $2", accountId, id) == 0)
            {
                throw new RefusedException($"There is no connector {id}.");
            }
        },
        () => _connectors.Remove((accountId, id)));

    /// <summary>The providers whose assertions log agents in.</summary>
    internal IEnumerable<LiveConnector> Saml(string accountId) => Of(accountId).Where(connector => connector.Settings.Type == AuthConnectorType.Saml);

    /// <summary>The connector for a code, or for a token: the one named, else the only one that fits.</summary>
    internal LiveConnector? Choose(string accountId, string? id, string? jwt)
    {
        if (id == AuthConnector.Anonymous) return _anonymous;
        if (_connectors.Rows.GetValueOrDefault((accountId, id ?? AuthConnector.Default)) is { } named) return named;
        if (id is not (null or AuthConnector.Default)) return null;
        return jwt is null ? Only([.. Of(accountId).Where(connector => connector.Settings.Type == AuthConnectorType.Code)]) : ChooseFor(accountId, jwt);
    }

    // What the token says of its issuer only chooses who judges it.
    private LiveConnector? ChooseFor(string accountId, string jwt)
    {
        LiveConnector[] all = [.. Of(accountId).Where(connector => connector.Settings.Type == AuthConnectorType.Implicit)];
        var issuer = StrictJwt.TryRead(jwt, out var token) && !token.IsEncrypted ? token.Issuer : null;
        return all.Length == 0 || issuer == _ownIssuer ? _anonymous : Only(all) ?? Only([.. all.Where(connector => connector.Settings.Issuer == issuer)]);
    }

    private static LiveConnector? Only(LiveConnector[] found) => found is [var only] ? only : null;

    private IEnumerable<LiveConnector> Of(string accountId) => _connectors.Rows.Where(entry => entry.Key.AccountId == accountId).Select(entry => entry.Value);

    private LiveConnector Live(AuthConnector connector) => new(connector, new ProviderKeys(connector, _http, _time));
}
