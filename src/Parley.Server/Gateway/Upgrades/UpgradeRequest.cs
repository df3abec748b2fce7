using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Parley.Protocol.Envelope;
using Parley.Server.Hosting;

namespace Parley.Server.Gateway.Upgrades;

/// <summary>A request for a socket (protocol 6.1, 6.2), by whichever way it came.</summary>
/// <param name="AccountId">Not yet known to exist.</param>
/// <param name="IsAgent">Whether it asks for the brand's socket.</param>
/// <param name="Credential">Bearer or token, not yet validated; null when there is none.</param>
/// <param name="Query">The query parameters.</param>
/// <param name="Properties">The header <c>Client-Properties</c>, or empty.</param>
/// <param name="PeerAddress">As client properties show it.</param>
internal sealed record UpgradeRequest(string AccountId, bool IsAgent, string? Credential, IQueryCollection Query, string Properties, string PeerAddress)
{
    private const string Scheme = "jwt ";

    private static readonly SearchValues<char> Unreserved = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~");

    /// <summary>The version asked for, or empty.</summary>
    public string Version => Query["v"].ToString();

    /// <summary>What a route matched.</summary>
    public static UpgradeRequest Of(HttpContext context, bool isAgent) => new(
        context.Account,
        isAgent,
        (string?)context.Request.RouteValues["credential"] ?? Bearer(context.Request.Headers.Authorization.ToString()),
        context.Request.Query,
        context.Request.Headers["Client-Properties"].ToString(),
        context.Connection.RemoteIpAddress?.ToString() ?? "");

    /// <summary>What the first request of a connection asks for; null when its path is no socket's or needs decoding.</summary>
    public static UpgradeRequest? Of(RequestHead head, string peerAddress)
    {
        var query = head.Target.IndexOf('?');
        var path = query < 0 ? head.Target : head.Target[..query];
        return path.Split('/') is ["", "ws_api", "account", var account, "messaging", "consumer" or "brand", ..] parts && parts.Length <= 7 && parts.Skip(3).All(IsPlain)
            ? new UpgradeRequest(
                account, parts[5] == "brand", parts.ElementAtOrDefault(6) ?? Bearer(head.Header("Authorization") ?? ""),
                new QueryCollection(QueryHelpers.ParseQuery(query < 0 ? "" : head.Target[query..])), head.Header("Client-Properties") ?? "", peerAddress)
            : null;
    }

    /// <summary>Client properties as they are kept: from the header or, from clients that cannot set headers, from the query.</summary>
    public string? ClientProperties()
    {
        if (Properties.Length > 0) return Gateway.ClientProperties.FromHeader(Properties, PeerAddress);
        if (Query.Count(q => q.Key != "v") == 0) return null;
        var writer = new PayloadWriter();
        using (var json = new Utf8JsonWriter(writer))
        {
            json.WriteStartObject();
            foreach (var (name, value) in Query)
            {
                if (name != "v") json.WriteString(name, value.ToString());
            }

            json.WriteEndObject();
        }

        return Gateway.ClientProperties.FromHeader(System.Text.Encoding.UTF8.GetString(writer.Payload), PeerAddress);
    }

    private static string? Bearer(string authorization) =>
        authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? authorization[Scheme.Length..].Trim() : null;

    // Segments of dots alone would be resolved, and others decoded, before they are matched.
    private static bool IsPlain(string segment) => segment.AsSpan().ContainsAnyExcept('.') && !segment.AsSpan().ContainsAnyExcept(Unreserved);
}
