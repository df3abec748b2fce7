using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Parley.Server.Hosting;

/// <summary>The address of a client where no HTTP request is made: what the middleware of <see cref="ForwardedRequests"/> makes of the same headers.</summary>
internal sealed class ForwardedPeers(IReadOnlyCollection<string> trustedProxies, ILoggerFactory loggers)
{
    private const string For = "X-Forwarded-For";

    private static readonly string[] Names = [For, "X-Forwarded-Proto", "X-Forwarded-Host"];

    private readonly ForwardedHeadersMiddleware? _forwarded = ForwardedRequests.Options(trustedProxies) is { } options
        ? new ForwardedHeadersMiddleware(_ => Task.CompletedTask, loggers, Options.Create(options))
        : null;

    /// <param name="remote">Who has connected.</param>
    /// <param name="header">A header's value, or null.</param>
    public IPAddress? Resolve(IPAddress? remote, Func<string, string?> header)
    {
        if (_forwarded is null || header(For) is null) return remote;
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = remote;
        foreach (var name in Names)
        {
            if (header(name) is { } value) context.Request.Headers[name] = value;
        }

        _forwarded.ApplyForwarders(context);
        return context.Connection.RemoteIpAddress;
    }
}
