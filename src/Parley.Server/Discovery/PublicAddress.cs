using Microsoft.AspNetCore.Http;
using Parley.Server.Hosting;

namespace Parley.Server.Discovery;

/// <summary>
/// The <c>host[:port]</c> that clients are sent to: the configured public host; else the host they came by, with the port of the
/// HTTPS listener, so that proxies and container networks work; else, with no Host header, the listener itself.
/// </summary>
public sealed class PublicAddress
{
    private readonly string? _publicHost;
    private readonly bool _behindProxies;
    private int _httpsPort;

    internal PublicAddress(ServerOptions options) => (_publicHost, _behindProxies) = (options.PublicHost, options.TrustedProxies.Count > 0);

    /// <summary>The address without a request to go by, as <c>lp.env</c> names it.</summary>
    public string Default { get; private set; } = "";

    /// <summary>Called once the listeners are bound.</summary>
    internal void Bind(ListenAddress https)
    {
        _httpsPort = https.Port;
        Default = _publicHost is null ? https.ToString() : WithPort(_publicHost);
    }

    internal string Of(HttpContext context)
    {
        if (_publicHost is not null || !context.Request.Host.HasValue)
        {
            return Default;
        }

        // Only a trusted proxy leaves this mark: from others the header is removed on arrival.
        return _behindProxies && context.Request.Headers.ContainsKey(ForwardedRequests.Mark)
            ? context.Request.Host.Value!
            : WithPort(context.Request.Host.Host);
    }

    private string WithPort(string host) =>
        new HostString(host).Port is not null ? host : _httpsPort == 443 ? host : $"{host}:{_httpsPort}";
}
