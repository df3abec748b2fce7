using System.Text.Json;

namespace Parley.Client;

/// <summary>An account and where its services are (protocol 3).</summary>
/// <param name="Account">The account id.</param>
/// <param name="Messaging">The service <c>asyncMessagingEnt</c>: the sockets.</param>
/// <param name="Identity">The service <c>idp</c>: consumer tokens.</param>
/// <param name="AgentLogin">The service <c>agentVep</c>: agent sessions.</param>
/// <remarks>All addresses are <c>https:</c> or, for a server behind a proxy or in a test, <c>http:</c>.</remarks>
public sealed record ParleyEndpoints(string Account, Uri Messaging, Uri Identity, Uri AgentLogin)
{
    /// <summary>An account whose services all live on one server, as Parley's do.</summary>
    public static ParleyEndpoints At(Uri server, string account) => new(account, server, server, server);

    /// <summary>The endpoints that the variables of <c>lp.env</c> name.</summary>
    /// <param name="variable">Looks a variable up, for example <see cref="Environment.GetEnvironmentVariable(string)"/>.</param>
    /// <exception cref="ParleyException">A variable is missing.</exception>
    public static ParleyEndpoints FromVariables(Func<string, string?> variable)
    {
        string Value(string name) => variable(name) is { Length: > 0 } value ? value : throw new ParleyException($"The variable {name} is not set.");
        return new(Value("LP_ACCOUNT"), Host(Value("LP_ASYNCMESSAGINGENT")), Host(Value("LP_IDP")), Host(Value("LP_AGENTVEP")));
    }

    /// <summary>Asks a server's domain discovery where the services of an account are.</summary>
    /// <param name="server">The discovery server, with scheme.</param>
    /// <param name="account">The account id.</param>
    /// <param name="handler">What carries the request; null: a handler of its own, see <see cref="ParleyClientOptions.Handler"/>.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="ParleyConnectException">The server cannot be reached or does not know the account.</exception>
    public static async Task<ParleyEndpoints> DiscoverAsync(Uri server, string account, HttpMessageHandler? handler = null, CancellationToken cancellation = default)
    {
        using SocketsHttpHandler? own = handler is null ? CertificateTrust.HandlerFromEnvironment() : null;
        using var http = new HttpMessageInvoker(handler ?? own!, disposeHandler: false);
        JsonElement answer = await http.GetJsonAsync(new Uri(server, $"/api/account/{Uri.EscapeDataString(account)}/service/baseURI.json?version=1.0"), cancellation).ConfigureAwait(false);
        Dictionary<string, string> hosts = [];
        foreach (JsonElement service in answer.Member("baseURIs").Items())
            if (service.Text("service") is { } name && service.Text("baseURI") is { } host) hosts[name] = host;
        Uri Service(string name) => hosts.TryGetValue(name, out string? host) ? Host(host)
            : throw new ParleyConnectException($"The discovery of {server.Authority} names no service {name}.", null);
        return new(account, Service("asyncMessagingEnt"), Service("idp"), Service("agentVep"));
    }

    internal Uri Socket(string path) =>
        new UriBuilder(new Uri(Messaging, $"/ws_api/account/{Uri.EscapeDataString(Account)}/messaging/{path}"))
        {
            Scheme = Messaging.Scheme == Uri.UriSchemeHttp ? Uri.UriSchemeWs : Uri.UriSchemeWss,
            Port = Messaging.Port,
        }.Uri;

    internal Uri IdentityApi(string path) => new(Identity, $"/api/account/{Uri.EscapeDataString(Account)}/{path}");

    internal Uri LoginApi(string path) => new(AgentLogin, $"/api/account/{Uri.EscapeDataString(Account)}/{path}");

    private static Uri Host(string hostAndPort) => new($"https://{hostAndPort}");
}
